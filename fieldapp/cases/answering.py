"""The forms by which a matter is answered: by its unit, from paper, on the spot."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FileField, MultipleFileField, ValidationError
from wtforms.validators import InputRequired, Optional

from fieldapp import language
from fieldapp.cases import pictures
from fieldapp.cases.asking import MoveForm, NeededWhen, harmless, one_of, words
from fieldapp.cases.outcome import CLASSES, PROMISES
from fieldapp.database import today

A_DAY = _l("“Under way” and “planned” need a day: please give it.")


class Promising(MoveForm):
    """What an answer says becomes of the matter, and by when where it is not done yet."""

    letter = one_of(_l("What became of it"), choices=[(letter, name) for letter, name in CLASSES.items()], name="class")
    promised = DateField(_l("By which day (for “under way” and “planned”)"), [NeededWhen(lambda form: form.letter.data in PROMISES, A_DAY)])

    def validate_promised(self, field):
        if self.letter.data in PROMISES and field.data and field.data < today():
            raise ValidationError(_l("The day you promise is past already: please give a later one."))


class AnswerForm(Promising):
    text = words(_l("Your answer, in words a neighbour would use"), 4000)
    language = one_of(_l("The answer is written in"), choices=[*language.LANGUAGES.items()])
    talked = BooleanField(_l("I talked with the deputy or the resident first"))
    photos = MultipleFileField(_l("Photos"), [Optional()])

    def prepare(self, case, actor):
        self.case, self.actor, self.stored = case, actor, []
        if not self.bound:
            self.language.data = language.current()

    def validate_text(self, field):
        harmless(self, field)

    def validate_photos(self, field):
        self.keep("answer", [file for file in field.data if file])

    def keep(self, purpose, files):
        """Stores pictures with the case; the move's transaction commits them."""
        try:
            for file in files:
                self.stored.append(pictures.store(file.stream, case=self.case, purpose=purpose, author=self.actor, approved=True))
        except pictures.NotAPicture as problem:
            raise ValidationError(problem.sentence) from problem

    def given(self):
        return {**super().given(), "photos": self.stored}


class PaperAnswerForm(AnswerForm):
    photos = None
    scan = FileField(_l("Photo or scan of the paper"), [InputRequired(_l("Please add a photo of the paper."))])

    def validate_scan(self, field):
        self.keep("scan", [field.data] if field.data else [])


class SpotForm(MoveForm):
    letter = one_of(_l("What became of it"), choices=[(letter, CLASSES[letter]) for letter in ("A", "D")], name="class")
    text = words(_l("What you explained to the resident"), 4000)
    validate_text = staticmethod(harmless)
    language = one_of(_l("The answer is written in"), choices=[*language.LANGUAGES.items()])

    def prepare(self, case, actor):
        if not self.bound:
            self.letter.data, self.language.data = "A", language.current()


class WordingForm(MoveForm):
    language = one_of(_l("In which language"))
    text = words(_l("The answer in this language"), 4000)
    validate_text = staticmethod(harmless)

    def prepare(self, case, actor):
        self.language.choices = [(code, name) for code, name in language.LANGUAGES.items() if case.answer.words(code) is None]
        if self.language.choices and not self.bound:
            self.language.data = self.language.choices[0][0]
