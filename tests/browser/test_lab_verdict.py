"""Notebook 04 in a real JupyterLab: it runs, the triads follow the bar, and the ledger is filtered."""

import pytest
from test_lab import errors, home, lab, opened, run_all  # noqa: F401 (home and lab are fixtures)


@pytest.fixture(scope="module")
def verdict(lab, browser):  # noqa: F811
    page = run_all(opened(lab, browser, "04_verdict"))
    yield page
    page.context.close()


def test_it_runs_without_an_error(verdict):
    assert errors(verdict) == []


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
        "() => document.querySelector('.ledger').innerText.startsWith('15 of 44 claims')",
        timeout=15_000,
    )
