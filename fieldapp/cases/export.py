"""The ledger, the late list and the month's table, on paper and as XLSX.

No contact and no resident's own words leave the house this way; every cell is
written as text, so that nothing becomes a formula.
"""

import io

from flask import render_template, request, send_file
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import language
from fieldapp.access import only
from fieldapp.cases import listing
from fieldapp.cases.blueprint import cases
from fieldapp.cases.ledger import chosen
from fieldapp.database import today

WRITERS = ("clerk", "chair", "county")
MOST = 10_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table() -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the ledger as filtered: the summary, never the narrative."""
    conditions, values, _refusal = chosen()
    head = [_("Number"), _("Matter"), _("What it is about"), _("Place"), _("State"), _("With"), _("Until"), _("Came in")]
    rows = listing.rows(current_user, *conditions, limit=MOST, **values)
    summaries = dict(listing.summaries(current_user, *conditions, limit=MOST, **values))
    return head, [
        [
            row.number,
            summaries[row.id] or _("(no summary yet)"),
            row.category,
            row.village,
            str(row.state_name),
            row.unit or "",
            language.date(row.due) if row.due else "",
            language.date(row.came_in),
        ]
        for row in rows
    ]


@cases.get("/ledger/print")
@only(*WRITERS)
def ledger_print():
    head, rows = table()
    title = _("Late cases") if request.args.get("light") == "red" else _("Ledger")
    return render_template("cases/print_table.html", title=title, head=head, rows=rows, day=language.date(today()))


@cases.get("/ledger.xlsx")
@only(*WRITERS)
def ledger_xlsx():
    return workbook(_("Ledger"), *table())


def workbook(title: str, head: list[str], rows: list[list[str]]):
    """An XLSX file whose cells are all text."""
    file = io.BytesIO()
    # Seldom asked for, and heavy to have.
    from xlsxwriter import Workbook

    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(title[:31])
    if language.direction() == "rtl":
        sheet.right_to_left()
    bold = book.add_format({"bold": True})
    for column, words in enumerate(head):
        sheet.write_string(0, column, words, bold)
    for line, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            sheet.write_string(line, column, words)
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=f"{today().isoformat()}.xlsx")
