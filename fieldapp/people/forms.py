"""What is typed to sign in and to look after one's own account."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignIn(FlaskForm):
    name = StringField(_l("Account name"), [InputRequired(_l("Please give your account name.")), Length(max=80)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Please give your password.")), Length(max=1000)])
    code = StringField(_l("Code from your second device"), [Length(max=20)])
    next = HiddenField()
