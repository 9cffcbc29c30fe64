"""What `make bench` says of the helper."""

import bench
import helper_names

CODE = '''
def agreed(votes):
    """Share of votes."""
    return votes.mean()  # 0 to 1
'''


def test_words_of_docstrings_are_counted_apart_from_those_of_code():
    assert helper_names.words(CODE) == (3, 6)  # def agreed votes return votes mean


def test_the_helper_s_names_are_counted_as_they_are_pinned(capsys):
    bench.helper()
    said = capsys.readouterr().out
    assert f"names the helper promises: {len(helper_names.lines())};" in said
