"""Notebook 04 in a real JupyterLab: it runs, the triads follow the bar, and the ledger is filtered."""

import pytest
from test_lab import TOKEN, _idle, lab  # noqa: F401 (lab is a fixture)


def _open(lab, browser, name):  # noqa: F811
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{lab}/lab/workspaces/{name.removesuffix('.ipynb')}/tree/{name}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    _idle(page)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".actorbar input[value=IND]", timeout=120_000)
    _idle(page)
    page.wait_for_timeout(1500)
    return page


@pytest.fixture(scope="module")
def verdict(lab, browser):  # noqa: F811
    page = _open(lab, browser, "04_verdict.ipynb")
    yield page
    page.context.close()


def test_it_runs_without_an_error(verdict):
    assert verdict.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert "Error" not in " ".join(verdict.locator(".jp-OutputArea-output").all_inner_texts())


def test_the_triads_follow_the_bar(verdict):
    line = verdict.locator(".live", has_text="triads among").first
    line.scroll_into_view_if_needed()
    before = line.inner_text()
    verdict.locator(".actorbar input[value=IND]").first.click()
    verdict.wait_for_function(
        "before => ![...document.querySelectorAll('.live')].some(one => one.innerText === before)",
        arg=before,
        timeout=15_000,
    )
    assert "23 actors shown" in line.inner_text()
    verdict.locator(".actorbar input[value=IND]").first.click()


def test_the_ledger_is_filtered(verdict):
    page = verdict.locator(".ledger").first
    page.scroll_into_view_if_needed()
    assert page.inner_text().startswith("44 of 44 claims")
    verdict.locator(".widget-dropdown select").first.select_option("military")
    verdict.wait_for_function(
        "() => document.querySelector('.ledger').innerText.startsWith('15 of 44 claims')", timeout=15_000
    )
