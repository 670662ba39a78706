import email
import ftplib
import os
import pathlib


# case: the name of an attachment: a folder that it leaves
def attachments(box, number):
    _, parts = box.fetch(number, "(RFC822)")
    message = email.message_from_bytes(parts[0][1])
    for part in message.walk():
        name = part.get_filename()
        open(os.path.join("/srv/mail", name), "wb")  # expect: path-traversal from 12


# case: the name of an attachment: its last part
def attachments_by_last_part(raw):
    for part in email.message_from_string(raw).walk():
        open("/srv/mail/" + os.path.basename(part.get_filename()), "wb")


# case: the name of an attachment: of a mail that is written here
def attached(message, name):
    letter = email.message.EmailMessage()
    letter.add_attachment(b"", maintype="text", subtype="plain", filename=name)
    return letter


# case: names that another server lists
def mirror(host):
    server = ftplib.FTP(host)
    for name in server.nlst():
        open("/srv/mirror/" + name, "wb")  # expect: path-traversal from 32


# case: names that another server lists: their last part
def mirror_by_last_part(host):
    for name in ftplib.FTP(host).nlst():
        open(pathlib.Path("/srv/mirror") / pathlib.PurePath(name).name, "wb")
