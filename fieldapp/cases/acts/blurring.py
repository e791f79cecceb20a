"""A photo gives way to its blurred picture."""


def blur(case, actor, given):
    photo = given["photo"]
    photo.file, photo.width, photo.height = given["drawn"]
    return {"facts": {"photo": photo.id}}


ACTS = {"blur": blur}
