"""Chromium, signed in by a link that works once, driven by Selenium; axe-core looks for faults of accessibility."""

import json
import os
import shutil
import uuid
from importlib.resources import files
from pathlib import Path

import httpx
import mlflow
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

SIZES = {"desktop": (1200, 900), "phone": (390, 800)}
AXE = files("axe_playwright_python").joinpath("axe.min.js")


class Browser:
    """One window."""

    def __init__(self, driver, host):
        self.driver, self.host = driver, host

    def open(self, path):
        self.driver.get(path if path.startswith("http") else f"{self.host}{path}")

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def button(self, text):
        return self.driver.find_element(By.XPATH, f"//button[normalize-space()={text!r}]")

    @property
    def text(self):
        return self.one("body").text

    def resize(self, size):
        width, height = SIZES[size]
        told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)

    def dark(self, wanted=True):
        feature = {"name": "prefers-color-scheme", "value": "dark" if wanted else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def faults(self):
        """Serious and critical faults that axe-core finds on the page as it is now."""
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text()})
        found = self.driver.execute_async_script("axe.run().then((r) => arguments[0](r.violations))")
        return [
            f"{one['id']}: {one['help']} {json.dumps([node['html'][:150] for node in one['nodes'][:3]])}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    def complaints(self):
        """What the console of the browser holds: refused scripts, missing files, errors."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.fixture(scope="session")
def control():
    token = Path(os.environ["DATABRICKS_CONFIG_FILE"]).with_name("control-token").read_text().strip()
    headers = {"Authorization": f"Bearer {token}", "X-Sandbox-Control": "1"}

    def ask(path, body):
        answer = httpx.post(f"{os.environ['DATABRICKS_HOST']}{path}", json=body, headers=headers)
        return answer.raise_for_status().json()

    return ask


@pytest.fixture(scope="session")
def chromium():
    """The browser's process; pages of one test are not seen by the next, whose cookies are new."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    driver.implicitly_wait(10)
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def signed_in(chromium, host, control):
    def enter(user=None, to="/"):
        chromium.delete_all_cookies()
        browser = Browser(chromium, host)
        browser.complaints()  # of tests before this one
        browser.resize("desktop")
        browser.dark(False)
        link = control("/_sandbox/login-links", {"user_name": user} if user else {})["url"]
        browser.open(f"{link}?to={to}")
        return browser

    return enter


@pytest.fixture
def browser(signed_in):
    return signed_in()


@pytest.fixture
def reviewer(control):
    """The name of a user beside the owner."""
    name = f"eve-{uuid.uuid4().hex[:6]}@example.com"
    control("/_sandbox/principals", {"user_name": name})
    return name


@pytest.fixture
def experiment():
    name = f"/Shared/pages-{uuid.uuid4().hex[:8]}"
    return mlflow.set_experiment(name).experiment_id
