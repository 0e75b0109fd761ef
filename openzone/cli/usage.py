"""A command line that cannot be understood, said in the user's language."""

import re

from typer.exceptions import TyperException

from openzone.engines.text import Text

_HELP = Text("用法见 {command} --help", "see {command} --help")
_UNKNOWN = Text("命令写法有误（{error}）", "{error}")
_SAID: tuple[tuple[str, Text], ...] = (
    (
        r"No such option: (\S+) \(Possible options: (.+)\)",
        Text("没有选项 {0}，相近的有 {1}", "there is no option {0}; close to it: {1}"),
    ),
    (r"No such option: (\S+)", Text("没有选项 {0}", "there is no option {0}")),
    (r"No such command '(.+?)'\..*", Text("没有命令“{0}”", "there is no command “{0}”")),
    (r"Missing command\.", Text("请写明子命令", "name a subcommand")),
    (r"Missing option '(.+)'\.", Text("缺少选项 {0}", "the option {0} is missing")),
    (r"Missing argument '(.+)'\.", Text("缺少参数 {0}", "the argument {0} is missing")),
    (
        r"Option '(.+)' requires an argument\.",
        Text("选项 {0} 后面要有值", "the option {0} needs a value"),
    ),
    (
        r"Option '(.+)' does not take a value\.",
        Text("选项 {0} 后面不写值", "the option {0} takes no value"),
    ),
    (
        r"Invalid value for '(.+?)': path '(.+)' is not readable\.",
        Text("{0}：没有权限读取 {1}", "{0}: no permission to read {1}"),
    ),
    (
        r"Invalid value for '(.+?)': .* valid integer.*",
        Text("{0}：应为整数", "{0}: not a whole number"),
    ),
    (
        r"Invalid value for '(.+?)': .* greater than or equal to (.+)",
        Text("{0}：不能小于 {1}", "{0}: must be at least {1}"),
    ),
    (
        r"Invalid value for '(.+?)': .* less than or equal to (.+)",
        Text("{0}：不能大于 {1}", "{0}: must be at most {1}"),
    ),
    (
        r"Invalid value for '(.+?)': (?:Value error, )?'(.*)' is not one of (.+)\.",
        Text("{0}：没有“{1}”，可用 {2}", "{0}: there is no “{1}”, use one of {2}"),
    ),
    (
        r"Got unexpected extra argument\S* \((.+)\)",
        Text("多余的参数：{0}", "surplus arguments: {0}"),
    ),
)


def usage_sentence(error: TyperException) -> Text:
    """Return what is wrong with the command line, and where its help is."""
    context = getattr(error, "ctx", None)
    remedy = _HELP.format(command=context.command_path if context else "openzone")
    reason = _reason(error.format_message())
    return Text(f"{reason.zh}；{remedy.zh}", f"{reason.en}; {remedy.en}")


def _reason(message: str) -> Text:
    for pattern, said in _SAID:
        if found := re.fullmatch(pattern, message):
            groups = found.groups()
            return Text(said.zh.format(*groups), said.en.format(*groups))
    return _UNKNOWN.format(error=message)
