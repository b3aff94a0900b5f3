# Pinned: chinesecalendar==1.11.0 (PyPI, MIT), Python 3.8 or later.
"""Writes policy-tables/national/calendar.json: the days off and working weekends that the package knows.

To rerun: `python3 -m venv V && V/bin/pip install chinesecalendar==1.11.0 && V/bin/python generate.py`.
The package read the yearly State Council notices; we have not, so the file is grade A3 and unconfirmed.
"""

import json
from importlib.metadata import version
from pathlib import Path

import chinese_calendar

PINNED = "1.11.0"
FIRST_YEAR = 2016
TARGET = Path(__file__).resolve().parents[2] / "policy-tables" / "national" / "calendar.json"

HEADER = {
    "calendar": "statutory-holidays",
    "area": "000000",
    "source": {
        "package": "chinesecalendar",
        "registry": "PyPI",
        "version": PINNED,
        "licence": "MIT",
        "read": "from the package's constants, not from the yearly notices",
        "holidays": "every day off that the package counts into a holiday period; of the weekends that touch a one-day festival it counts 2023-12-30 and 2023-12-31 in, 2024-06-08 and 2024-06-09 out",
        "inLieu": "as the package marks them; which weekday off is statutory and which in lieu was not checked",
    },
    "grade": "A3",
    "unconfirmed": True,
    "transcribed": "2026-11-24",
    "confirmed": None,
}


def days_of(year, days):
    """The days of one calendar year, in order, as the tables write them."""
    return [day.isoformat() for day in sorted(days) if day.year == year]


def year_line(year):
    return json.dumps(
        {
            "year": year,
            "holidays": days_of(year, chinese_calendar.holidays),
            "inLieu": days_of(year, chinese_calendar.in_lieu_days),
            "workingWeekends": days_of(year, chinese_calendar.workdays),
        }
    )


def main():
    if version("chinesecalendar") != PINNED:
        raise SystemExit(f"install chinesecalendar=={PINNED}")
    last_year = max(chinese_calendar.holidays).year
    lines = [year_line(year) for year in range(last_year, FIRST_YEAR - 1, -1)]
    header = json.dumps(HEADER, ensure_ascii=False)[:-1]
    TARGET.write_text(header + ',\n  "years": [\n' + ",\n".join("    " + line for line in lines) + "\n  ] }\n", encoding="utf-8")


if __name__ == "__main__":
    main()
