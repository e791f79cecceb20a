"""The papers of a case on paper: in the language chosen, signed beside what is signed."""

import pypdfium2
import pytest

from fieldapp.database import db
from tests.slips import printer

LONGER = """(lines) => {
  const course = document.querySelector('.document__table ul');
  for (let more = 0; more < lines; more++) course.append(course.firstElementChild.cloneNode(true));
}"""


@pytest.fixture
def report(cast):
    case = cast.brings("confirmed", summary="渠道要清淤。")
    cast.does("chair", case, "escalation", opinion="请县水利局研究")
    return f"/cases/{case.number}/escalation-report"


@pytest.mark.parametrize("language", ["zh", "ug"])
def test_signatures_stand_on_a_page_with_what_is_signed(cast, visit, report, language):
    """However long the course is."""
    numbers = []
    with printer.opened(visit("chair"), f"{report}?as={language}") as page:
        for lines in (0, 4, 4, 4):
            page.evaluate(LONGER, lines)
            sheets = list(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)))
            numbers.append(len(sheets))
            drawn = [sum(1 for thing in sheet.get_objects() if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH) for sheet in sheets]
            # Four lines to sign on are drawn, and with them the frame and the lines of the last row.
            assert drawn[-1] > 4 + 3, (lines, drawn)
    assert numbers[-1] > 1


def test_a_paper_says_in_its_own_language_that_it_is_a_demonstration(cast, visit, report):
    cast["chair"].area.demonstration = True
    db.session.commit()
    page = visit("chair", lang="en").get(report, query_string={"as": "zh"}).get_data(as_text=True)
    before, sheet = page.split('<section class="sheet document"')
    assert "Demonstration" not in before.split("</title>")[1]
    assert 'class="demonstration"' in sheet
