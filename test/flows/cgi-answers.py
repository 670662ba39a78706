import cgi
import html

form = cgi.FieldStorage()
print("Content-Type: text/html\n")


# case: what a program under CGI prints
def page():
    print("<p>" + form.getvalue("a"))  # expect: xss-reflected from 10


def escaped():
    print("<p>" + html.escape(form.getvalue("a")))
