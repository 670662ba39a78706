class Named(Model):
    name = Column(String)


class Entry(Named):
    body = Column(String)

    @classmethod
    def titled(cls, text):
        return "<h1>" + text
