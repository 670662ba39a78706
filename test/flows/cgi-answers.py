import cgi
import html
from http.server import BaseHTTPRequestHandler

form = cgi.FieldStorage()
print("Content-Type: text/html\n")


# case: what a program under CGI prints
def page():
    print("<p>" + form.getvalue("a"))  # expect: xss-reflected from 11


def escaped():
    print("<p>" + html.escape(form.getvalue("a")))


# case: what a server prints is for whoever started it
class Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        sent = cgi.FieldStorage(fp=self.rfile, headers=self.headers)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        print("sent", sent.getvalue("a"))
