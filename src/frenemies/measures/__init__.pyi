from . import arms as arms
from . import network as network
from . import ties as ties
from . import trade as trade

balance = network  # as notebooks call it
