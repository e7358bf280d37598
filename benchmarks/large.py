"""A large guide in the form of seed files, made of the words of the shipped one."""

import random
from pathlib import Path

ROOT = Path(__file__).parent.parent


def write_large_guide(seeds: Path, sections: int, passages: int = 4, words: int = 80) -> Path:
    """Write a guide to `seeds/large`: sections, passages in each and words in those.

    It is the same at every call.
    """
    return _write_guide(seeds, "large", sections, passages, words, random.Random(1))


def write_guides(seeds: Path, guides: int, sections: int = 20, passages: int = 4, words: int = 80) -> list[Path]:
    """Write guides to `seeds/guide-0` and so on; each has a word that no other has."""
    return [_write_guide(seeds, f"guide-{n}", sections, passages, words, random.Random(n)) for n in range(guides)]


def _write_guide(seeds: Path, slug: str, sections: int, passages: int, words: int, chance: random.Random) -> Path:
    source = (ROOT / "seeds/us-japan-security-treaty/source.txt").read_text(encoding="utf-8")
    vocabulary = [word for word in source.split() if word.isalpha()]
    folder = seeds / slug
    folder.mkdir(parents=True)
    (seeds / "topics.yaml").write_bytes((ROOT / "seeds/topics.yaml").read_bytes())
    with (folder / "guide.md").open("w", encoding="utf-8") as guide:
        guide.write(f"---\nslug: {slug}\ntitle: A Guide, {slug}\nlanguage: en\nsummary: For measuring.\ntopics:\n")
        guide.writelines(f"  part-{n}: [economy-and-trade]\n" for n in range(sections))
        guide.write("---\n")
        for n in range(sections):
            guide.write(f"\n## Part {n} {{#part-{n}}}\n")
            guide.writelines(f"\n{' '.join(chance.choices(vocabulary, k=words))}.\n" for _ in range(passages))
        guide.write(f"\nOnly here: {rare_word(slug)}.\n")
    return folder


def rare_word(slug: str) -> str:
    """Return the word that only this guide has."""
    return f"word{slug.replace('-', '')}"
