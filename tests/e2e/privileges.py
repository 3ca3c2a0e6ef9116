"""What the deployed functions may do, what they did, and a function with one right less."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.local.stack import STACK_NAME, Stack
from tests.unit.template import Part, actions, functions


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One action that one statement of template.yaml allows."""

    statement: str
    action: str

    def __str__(self) -> str:
        """Its name in a test."""
        return f"{self.statement}-{self.action}"


@dataclass(frozen=True, slots=True)
class Call:
    """One check of a caller's rights, as the emulator made it."""

    caller: str
    action: str
    resource: str
    refused: bool


def grants(function: str, conditions: frozenset[str]) -> list[Grant]:
    """What template.yaml grants a function where these conditions of the template hold."""
    policies = [policy["Statement"] for policy in functions()[function]["Policies"]]
    chosen = [_chosen(statement, conditions) for statements in policies for statement in statements]
    return [Grant(statement["Sid"], action) for statement in chosen if statement for action in actions(statement)]


def _chosen(statement: Part, conditions: frozenset[str]) -> Part | None:
    if "If" not in statement:
        return statement
    condition, when, otherwise = statement["If"]
    chosen: Part = when if condition in conditions else otherwise
    return None if chosen == {"Ref": "AWS::NoValue"} else chosen


class Privileges:
    """The rights of the functions of one stack that records its calls."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._iam = stack.client("iam")
        self._lambda = stack.client("lambda")

    @cached_property
    def _names(self) -> dict[str, str]:
        """What template.yaml calls a resource, and what it is called where it is deployed."""
        answer = self._stack.client("cloudformation").describe_stack_resources(StackName=STACK_NAME)
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in answer["StackResources"]}

    def managed(self, function: str) -> set[str]:
        """The names of AWS's own policies that a function has."""
        attached = self._iam.list_attached_role_policies(RoleName=self._role(function))["AttachedPolicies"]
        return {policy["PolicyName"] for policy in attached}

    def added(self, function: str) -> dict[str, list[dict[str, Any]]]:
        """The statements of the policies that SAM adds to those of the template."""
        names = self._iam.list_role_policies(RoleName=self._role(function))["PolicyNames"]
        return {name: self._document(function, name)["Statement"] for name in names if name != _own(function)}

    def granted(self, function: str) -> set[Grant]:
        """What a function's own policy grants it where it is deployed."""
        return {Grant(each["Sid"], action) for each in self._statements(function) for action in actions(each)}

    def calls(self, function: str, after: int = 0) -> list[Call]:
        """What a function asked AWS for, after so many checks of anybody's rights."""
        lines = self._stack.calls.read_text().splitlines()[after:]
        asked = (Call(**json.loads(line)) for line in lines)
        return [call for call in asked if f":assumed-role/{self._role(function)}/" in call.caller]

    def checks(self) -> int:
        """How many checks of anybody's rights there were."""
        return len(self._stack.calls.read_text().splitlines())

    def used(self, function: str, calls: Sequence[Call]) -> set[Grant]:
        """The grants that calls needed; a call that none covers is named by its resource."""
        return {Grant(self._covering(function, call), call.action) for call in calls}

    def restart(self, function: str) -> None:
        """End the warm containers, which have read their secrets."""
        name = self._names[function]
        variables = self._lambda.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        variables["RESTARTED"] = str(int(variables.get("RESTARTED", "0")) + 1)
        self._lambda.update_function_configuration(FunctionName=name, Environment={"Variables": variables})

    @contextmanager
    def without(self, function: str, grant: Grant) -> Iterator[None]:
        """Take one action from one statement, and give it back."""
        before = self._document(function, _own(function))
        left = [_without(statement, grant) for statement in before["Statement"]]
        self._put(function, {**before, "Statement": [statement for statement in left if statement["Action"]]})
        try:
            yield
        finally:
            self._put(function, before)

    def _covering(self, function: str, call: Call) -> str:
        for each in self._statements(function):
            allowed = each["Resource"]
            if call.action in actions(each) and call.resource in ([allowed] if isinstance(allowed, str) else allowed):
                return str(each["Sid"])
        return call.resource

    def _role(self, function: str) -> str:
        return self._names[f"{function}Role"]

    def _statements(self, function: str) -> list[Part]:
        statements: list[Part] = self._document(function, _own(function))["Statement"]
        return statements

    def _document(self, function: str, policy: str) -> dict[str, Any]:
        answer = self._iam.get_role_policy(RoleName=self._role(function), PolicyName=policy)
        document: dict[str, Any] = answer["PolicyDocument"]
        return document

    def _put(self, function: str, document: Mapping[str, Any]) -> None:
        role, policy = self._role(function), _own(function)
        self._iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))


def _own(function: str) -> str:
    """What SAM calls the policy that template.yaml writes out."""
    return f"{function}RolePolicy0"


def _without(statement: Part, grant: Grant) -> Part:
    if statement["Sid"] != grant.statement:
        return statement
    return {**statement, "Action": [action for action in actions(statement) if action != grant.action]}
