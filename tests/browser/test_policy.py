"""The Content-Security-Policy of the pages. That it stops nothing of the app is watched by every test with a `tab`."""

from playwright.sync_api import Page

from tests.conftest import App


def test_no_text_is_run_as_a_script(page: Page, app: App) -> None:
    """Neither by evaluating it, which the policy does not allow, nor as a script or a handler that slipped in."""
    answer = page.goto(app.url)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    (scripts,) = [part for part in policy.split("; ") if part.startswith("script-src")]
    assert scripts.split() == ["script-src", "'self'", "blob:"]
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<button id='slipped' onclick='window.ran = 2'></button>");
            document.getElementById("slipped").click();
            const framed = document.createElement("iframe");
            framed.srcdoc = "<script>parent.ran = 3</" + "script>";
            return new Promise((go) => {
                framed.onload = () => go(window.ran ?? 0);
                document.body.append(framed);
            });
        }"""
    )
    assert ran == 0
