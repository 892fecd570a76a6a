"""Completion in bash, zsh and fish: `incidents completion`, and what the shells ask while somebody types.

click knows which command or option is meant. Its own scripts stumble over the sign of equality in `-c dashboard=…`,
over commas in a description, and over a command that is called by its path; so they are ours. All three hand over the
line as far as it is typed, and get a line for each answer: its kind, the value, and a description, with tabs between.
"""

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

from generator.cli.voice import words

BASH = r"""%(about)s
_incidents_completion() {
    local type value program=${1/#\~/$HOME}
    COMPREPLY=()
    while IFS=$'\t' read -r type value _; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
        [[ $value == *= ]] && compopt -o nospace
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \
        _INCIDENTS_COMPLETE=bash_complete "$program" 2>/dev/null)
}
complete -o nosort -F _incidents_completion incidents 2>/dev/null || complete -F _incidents_completion incidents
"""
ZSH = r"""#compdef incidents
%(about)s
_incidents_completion() {
    local type value help program=${words[1]/#\~/$HOME}
    local -a whole begun
    while IFS=$'\t' read -r type value help; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain)
                value=${value//:/\\:}${help:+:$help}
                if [[ ${value%%%%:*} == *= ]]; then begun+=("$value"); else whole+=("$value"); fi ;;
        esac
    done < <(COMP_LINE="${(j: :)words[1,CURRENT-1]} $PREFIX" _INCIDENTS_COMPLETE=zsh_complete "$program" 2>/dev/null)
    (( $#whole )) && _describe -V incidents whole -U
    (( $#begun )) && _describe -V incidents begun -U -S ''
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _incidents_completion "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u }
    compdef _incidents_completion incidents
fi
"""
FISH = r"""%(about)s
function __incidents_completion
    set -l program (string replace -r '^~' $HOME -- (commandline -opc)[1])
    for answer in (env COMP_LINE=(commandline -cp | string collect) _INCIDENTS_COMPLETE=fish_complete \
            $program 2>/dev/null)
        set -l parts (string split -m 2 \t -- $answer)
        switch $parts[1]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case plain
                printf '%%s\t%%s\n' $parts[2] "$parts[3]"
        end
    end
end
complete --command incidents --no-files --keep-order --arguments '(__incidents_completion)'
"""


class Shell(ShellComplete):
    """What the three have in common."""

    def source(self) -> str:
        about = words()(f"tool.completion.{self.name}")
        return self.source_template % {"about": "\n".join(f"# {line}".rstrip() for line in about.splitlines())}

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ["COMP_LINE"]
        _, *typed = split_arg_string(line)
        return (typed, "") if line[-1:].isspace() or not typed else (typed[:-1], typed[-1])

    def complete(self) -> str:
        """An answer a line; nothing where something is wrong, for the shell would show it in the middle of the line."""
        try:
            args, typed = self.get_completion_args()
            option, sign, _ = typed.partition("=")
            self.before = option + sign if sign and option.startswith("--") else ""
            self.typed = typed
            return "\n".join(self.format_completion(item) for item in self.get_completions(args, typed))
        except Exception:
            return ""

    def format_completion(self, item: CompletionItem[str]) -> str:
        description = " ".join((item.help or "").split())
        return "\t".join((item.type, self.as_typed(self.before + item.value), description))

    def as_typed(self, value: str) -> str:
        """What takes the place of the word that is being typed."""
        return value


class Bash(Shell):
    """For bash a word begins anew behind each sign of equality and each colon."""

    name = "bash"
    source_template = BASH

    def as_typed(self, value: str) -> str:
        breaks = os.environ.get("COMP_WORDBREAKS", "=:")
        return value[max((self.typed.rfind(sign) + 1 for sign in "=:" if sign in breaks), default=0) :]


class Zsh(Shell):
    """Takes whole words."""

    name = "zsh"
    source_template = ZSH


class Fish(Shell):
    """Takes whole words."""

    name = "fish"
    source_template = FISH


SHELLS: dict[str, type[Shell]] = {shell.name: add_completion_class(shell) for shell in (Bash, Zsh, Fish)}


@click.command()
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what teaches a shell to complete commands and values.

    Its first lines say how to install it. Afterwards the tabulator key offers commands and options, records with their
    titles, components with their states.

    \b
    Examples:
      incidents completion bash > ~/.incidents.bash
      incidents completion zsh > ~/.incidents.zsh
      incidents completion fish > ~/.config/fish/completions/incidents.fish
    """
    click.echo(SHELLS[shell](context.find_root().command, {}, "incidents", "_INCIDENTS_COMPLETE").source(), nl=False)
