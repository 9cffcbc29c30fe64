"""The box of an exercise in a real JupyterLab: Enter checks what was typed, once, and no key is taken for a command of JupyterLab's own."""

import json

from test_lab import home, lab, opened, run_all, unfold  # noqa: F401 (home and lab are fixtures)


def tries(home):  # noqa: F811
    return json.loads((home / "answers.json").read_text(encoding="utf-8"))["exercises"][
        "M8-submarines"
    ]["tries"]


def test_enter_checks_an_answer_once_and_leaving_the_box_does_not(lab, home, browser):  # noqa: F811
    page = run_all(opened(lab, browser, "03_military"))
    unfold(page)
    form = page.locator(".lm-Widget.widget-vbox", has_text="Exercise M8-submarines").last
    box = form.locator("input[type=text]")
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    box.click()
    page.keyboard.type("dd40")  # d twice deletes a cell for JupyterLab
    assert box.input_value() == "dd40" and page.locator(".jp-Notebook .jp-Cell").count() == cells
    box.fill("")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    form.get_by_text("Right.").wait_for(timeout=15_000)
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    assert tries(home) == 1
    page.context.close()
