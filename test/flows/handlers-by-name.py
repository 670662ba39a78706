import os


# case: a request that is handed to a function is no text
def handler(request):
    os.system("log " + request.method)
    os.system("log " + request.GET["q"])  # expect: command-injection from 7


# case: an event and what runs around it
def lambda_handler(event, context):
    os.system("log " + event["q"])  # expect: command-injection from 11
    os.system("log " + context.function_name)
