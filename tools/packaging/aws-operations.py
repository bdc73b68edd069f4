"""Writes down what AWS's CLI takes, from botocore's models, of the operations that it reads from standard input.

    pip install botocore
    npm run build:aws-operations

Input: JSON, a list of [service, operation] in the CLI's words. Output: JSON, for each its arguments, those that it needs,
those that are flags, and the values of those that take only certain ones.
"""

import json
import sys

import botocore
import botocore.session
from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.paginate import PaginatorModel

# Services that the CLI calls otherwise than botocore. Source: awscli/customizations.
RENAMED = {"configservice": "config", "deploy": "codedeploy", "s3api": "s3"}

# What the CLI adds to, or makes of, AWS's API. Source: awscli/customizations.
CUSTOM = {
    "s3 cp": {"positional": 2, "arguments": ["recursive", "exclude", "include", "quiet"], "required": [], "flags": ["recursive", "quiet"]},
    "s3 ls": {"positional": 1, "arguments": ["recursive"], "required": [], "flags": ["recursive"]},
    "s3 sync": {"positional": 2, "arguments": ["exclude", "include", "quiet"], "required": [], "flags": ["quiet"]},
    "cloudtrail validate-logs": {
        "arguments": ["trail-arn", "start-time", "end-time", "s3-bucket", "s3-prefix", "account-id", "verbose"],
        "required": ["trail-arn", "start-time"],
        "flags": ["verbose"],
    },
    "emr terminate-clusters": {"arguments": ["cluster-ids"], "required": ["cluster-ids"], "flags": []},
    "sso login": {"arguments": ["sso-session", "no-browser", "use-device-code"], "required": [], "flags": ["no-browser", "use-device-code"]},
}


def described(session, service, operation):
    custom = CUSTOM.get(f"{service} {operation}")
    if custom is not None:
        return custom
    try:
        model = session.get_service_model(RENAMED.get(service, service))
    except UnknownServiceError:
        sys.exit(f"aws {service}: botocore {botocore.__version__} has no such service")
    names = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in names:
        sys.exit(f"aws {service} {operation}: botocore {botocore.__version__} has no such operation")
    operation_model = model.operation_model(names[operation])
    shape = operation_model.input_shape
    members = shape.members if shape is not None else {}
    cli = {xform_name(name, "-"): member for name, member in members.items()}
    result = {
        "arguments": sorted(cli),
        "required": sorted(xform_name(name, "-") for name in (shape.required_members if shape is not None else [])),
        "flags": sorted(name for name, member in cli.items() if member.type_name == "boolean"),
    }
    values = {name: member.enum for name, member in cli.items() if member.type_name == "string" and getattr(member, "enum", None)}
    if values:
        result["values"] = values
    if service == "ec2" and "egress" in cli:
        # The CLI wants one of --egress and --ingress.
        result["flags"].append("ingress")
        result["required"] = [name for name in result["required"] if name != "egress"]
    if operation_model.has_streaming_output:
        result["positional"] = 1  # the file that the answer is written to
    if paginated(session, RENAMED.get(service, service), names[operation]):
        result["paginated"] = True
    return result


def paginated(session, service, operation):
    try:
        model: PaginatorModel = session.get_paginator_model(service)
        model.get_paginator(operation)
        return True
    except Exception:  # the service, or the operation, has no pages
        return False


def main():
    session = botocore.session.get_session()
    wanted = sorted(set(map(tuple, json.load(sys.stdin))))
    json.dump(
        {
            "botocore": botocore.__version__,
            "operations": {f"{service} {operation}": described(session, service, operation) for service, operation in wanted},
        },
        sys.stdout,
    )


main()
