"""Imports run one way: a feature knows only those before it."""

import pytest

from tests.house.tree import PACKAGE, imports, name, written

# A person, a slip and a case belong to a place, and the phone shows its round; what is on one
# line does not know its neighbours.
ORDER = [
    {"places"},
    {"people"},
    {"slips"},
    {"cases"},
    {"activities"},
    {"field"},
    {"public", "suggestions", "projects", "deputies", "consultations"},
    {"figures", "notices"},
    {"demo"},
]
RANK = {feature: rank for rank, line in enumerate(ORDER) for feature in line}
# The command line and the navigation look features up when asked, not when loaded.
LATE = {"commands", "navigation", "features", "__init__"}


def feature_of(path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def crossings():
    for path in written("py", under="fieldapp"):
        for module, line, late in imports(path):
            if module.startswith("fieldapp.") and module.split(".")[1] != feature_of(path):
                yield path, feature_of(path), module.split(".")[1], line, late


def test_a_feature_imports_only_those_before_it():
    wrong = [
        f"{name(path)}:{line}: {mine} imports {other}"
        for path, mine, other, line, _late in crossings()
        if mine in RANK and other in RANK and RANK[other] >= RANK[mine]
    ]
    assert not wrong, "\n".join(wrong)


def test_what_lies_beneath_the_features_does_not_know_them():
    wrong = [
        f"{name(path)}:{line}: {mine} imports {other}"
        for path, mine, other, line, late in crossings()
        if mine not in RANK and other in RANK and not (late and mine in LATE)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_feature_has_its_place_in_the_order():
    packages = {feature_of(path) for path in written("py", under="fieldapp") if path.parent != PACKAGE}
    assert packages - {"migrations"} <= set(RANK)


@pytest.mark.parametrize("web", ["flask", "flask_login", "werkzeug", "htmx_flask"])
def test_the_table_of_moves_knows_no_web(web):
    assert not [line for module, line, _late in imports(PACKAGE / "cases/moves.py") if module.split(".")[0] == web]


def test_the_program_does_not_import_its_tests_checks_or_benchmark():
    wrong = [
        f"{name(path)}:{line}: {module}"
        for path in written("py", under="fieldapp")
        for module, line, _late in imports(path)
        if module.split(".")[0] in ("tests", "checks", "bench")
    ]
    assert not wrong, "\n".join(wrong)
