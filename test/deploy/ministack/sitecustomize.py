"""On PYTHONPATH, so that every Python process of the emulator reads it before its own code."""

import os
import subprocess
import sys

check_call = subprocess.check_call


def find_layer(command, *args, **kwargs):
    """CDK's BucketDeployment calls /opt/awscli/aws, from its layer; without a container, layers are not under /opt."""
    if command[0] == "/opt/awscli/aws":
        layer = os.environ["_LAMBDA_LAYERS_DIRS"].split(os.pathsep)[0]
        command = [sys.executable, f"{layer}/awscli/aws", *command[1:]]
    return check_call(command, *args, **kwargs)


subprocess.check_call = find_layer
