"""What is typed to sign in and to look after one's own account."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired

from fieldapp.people import passwords
from fieldapp.places.fields import at_most

CODE_WANTED = _l("Please give the six digits that your device shows now.")


class SignIn(FlaskForm):
    name = StringField(_l("Account name"), [InputRequired(_l("Please give your account name.")), at_most(80)])
    password = PasswordField(_l("Password"), [at_most(1000)])
    code = StringField(_l("Code from your device"), [at_most(20)])
    next = HiddenField()

    def validate_password(self, field):
        """Half way, the code stands alone: the password was right a moment ago."""
        if not field.data and not self.code.data:
            raise ValidationError(_("Please give your password."))


class Confirmation(FlaskForm):
    """Something about the account's safety changes: is it really its owner?"""

    current = PasswordField(_l("Present password"), [InputRequired(_l("Please give your present password.")), at_most(1000)])


class NewPassword(Confirmation):
    new = PasswordField(_l("New password"), [InputRequired(_l("Please give a new password."))])
    again = PasswordField(_l("New password, once more"), [InputRequired(_l("Please give the new password twice."))])

    def validate_new(self, field):
        objection = passwords.objection(field.data, account=current_user.account, second_factor=bool(current_user.totp_sealed))
        if objection:
            raise ValidationError(objection)
        if field.data == self.current.data:
            raise ValidationError(_("This is the present password. Please choose another."))

    def validate_again(self, field):
        if field.data != self.new.data:
            raise ValidationError(_("The two new passwords differ."))


class FactorBegun(FlaskForm):
    """A device has read the secret; its first code confirms it."""

    code = StringField(_l("Code from your device"), [InputRequired(CODE_WANTED), at_most(20)])
