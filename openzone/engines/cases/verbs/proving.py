"""Evidence: files that came with an event, and numbers of documents where a pack accepts them."""

from collections.abc import Mapping

from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.turn import Turn
from openzone.engines.text import Text

EVIDENCE, DOCUMENTS, FILES = "evidence", "documents", "files"
PROOF_FIELDS = ("", EVIDENCE)
"""The form fields whose files are proof; those of other fields answer what was asked there."""

TOO_LITTLE = Text("至少需要{n}份佐证文件", "at least {n} pieces of evidence are needed, as files")
TOO_LITTLE_SAID = Text(
    "至少需要{n}份佐证（文件或文号）",
    "at least {n} pieces of evidence are needed, as files or numbers of documents",
)
NO_DOCUMENTS = Text(
    "此步骤的佐证须为文件，不能只写文号", "here evidence is a file, not the number of a document"
)
NO_SUCH_FILE = Text(
    "佐证“{name}”不在随件的文件中", "the evidence “{name}” is not among the files that came along"
)


def proof(turn: Turn, least: int) -> tuple[str, ...]:
    """Return the evidence of an event; the same piece counts once.

    An event that lists its files names no evidence but these. One that lists none is taken at its
    word: only the zone that kept the files can know.
    """
    stated = tuple(dict.fromkeys(turn.names(DOCUMENTS)))
    accepted = turn.scene.action.documents
    if stated and not accepted:
        raise Impossible(NO_DOCUMENTS)
    papers = _papers(turn)
    if len(papers) + len(stated) < least:
        raise Impossible((TOO_LITTLE_SAID if accepted else TOO_LITTLE).format(n=least))
    return (*papers, *stated)


def _papers(turn: Turn) -> tuple[str, ...]:
    """Return the names of the files that prove, one for each content where it is known."""
    named = tuple(dict.fromkeys(turn.names(EVIDENCE)))
    files = turn.data.get(FILES)
    if not isinstance(files, list | tuple):
        return named
    proofs = [
        (str(one.get("sha256", one.get("name"))), str(one.get("name")))
        for one in files
        if isinstance(one, Mapping) and one.get("field", "") in PROOF_FIELDS
    ]
    came = {name for _, name in proofs}
    for name in named:
        if name not in came:
            raise Impossible(NO_SUCH_FILE.format(name=name))
    return tuple({content: name for content, name in proofs if name in named}.values())
