import tornado.web


class Base(tornado.web.RequestHandler):
    pass


class Answers(Base):
    def set_default_headers(self):
        self.set_header("Content-Type", "application/json")


class Pages(Base):
    def prepare(self):
        self.set_header("Content-Type", "text/html; charset=UTF-8")
