import tornado.web

from settings import default_url


# case: an object that an unknown function is handed as a whole, and answers with an address
class Start(tornado.web.RequestHandler):
    def prepare(self):
        self.session = self.get_cookie("session")

    def get(self):
        self.prepare()
        self.redirect(default_url(self))


# case: what was sent, handed to it alone
class Next(tornado.web.RequestHandler):
    def get(self):
        self.redirect(default_url(self.get_argument("next")))  # expect: open-redirect from 19


# case: an attribute of the object
class Kept(tornado.web.RequestHandler):
    def prepare(self):
        self.next = self.get_argument("next")

    def get(self):
        self.prepare()
        self.redirect(default_url(self.next))  # expect: open-redirect from 25
