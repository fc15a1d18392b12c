"""MiniStack, which says that it listens and ends with whoever started it. What it lacks is put in here, each with its reason."""

import os
import re
import shutil
import signal
import string
import sys
import threading

from ministack import app
from ministack.services import cloudfront, lambda_svc
from ministack.services.cloudformation import provisioners

# A type that it does not know is refused, and an alarm on what is reckoned from metrics. None of them has anything to do here.
for type_name in ("AWS::Cognito::ManagedLoginBranding", "AWS::Budgets::Budget", "AWS::CloudWatch::Alarm"):
    provisioners._RESOURCE_HANDLERS[type_name] = {
        "create": lambda logical_id, props, stack: (logical_id, {"Arn": f"arn:aws:made:::{logical_id}"}),
        "update": lambda physical_id, before, after, stack: (physical_id, {"Arn": f"arn:aws:made:::{physical_id}"}),
        "delete": lambda physical_id, props: None,
    }

# CloudFormation's GenerateSecretString: ExcludePunctuation is ignored.
secret_string = provisioners._sm_secret_string


def without_punctuation(props):
    rules = props.get("GenerateSecretString", {})
    if rules.get("ExcludePunctuation"):
        rules = {**rules, "ExcludeCharacters": string.punctuation}
    return secret_string({**props, "GenerateSecretString": rules})


provisioners._sm_secret_string = without_punctuation

# Event filters: `exists: false` is not true of a field whose parent is missing too; EventBridge's rule is that it is.
match_filter = lambda_svc._match_esm_filter


def match_missing(record, pattern):
    nested = [key for key, inner in pattern.items() if isinstance(inner, dict)]
    return match_filter({**dict.fromkeys(nested, {}), **record}, pattern)


lambda_svc._match_esm_filter = match_missing

# An HTTP API hands cookies to a function as a list of their own, not as a header.
execute_function = lambda_svc._execute_function_with_config_scope


def with_cookies(function, event, *args, **kwargs):
    if "routeKey" in event and "cookie" in event["headers"]:
        headers = dict(event["headers"])
        event = {**event, "cookies": headers.pop("cookie").split("; "), "headers": headers}
    return execute_function(function, event, *args, **kwargs)


lambda_svc._execute_function_with_config_scope = with_cookies

# A distribution does not dial an API at its AWS name, and the API does not listen to it: both are in this process.
EXECUTE_API = re.compile(r"^([a-f0-9]{8})\.execute-api\.[a-z0-9-]+\.amazonaws\.com$")
app._EXECUTE_API_RE = EXECUTE_API
cloudfront._origin_connect_target = lambda origin, https: ("127.0.0.1", int(os.environ["GATEWAY_PORT"]), False)

# Bucket policies refuse plain HTTP, and on loopback there is no other.
pin_request_origin = app.pin_request_origin
app.pin_request_origin = lambda address, secure: pin_request_origin(address, True)


def end_with_parent():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_parent, daemon=True).start()
try:
    app.main()
finally:
    # Whoever was killed removes nothing.
    shutil.rmtree(os.environ["HOME"], ignore_errors=True)
