using System.Text;

namespace MmoOrleans.GrainInterfaces.Names;

/// <summary>
/// Decides which names are the same name. Two names are one when they are equal after Unicode compatibility normalisation
/// and upper-casing, compared ordinally: `Barone`, `BARONE` and `Ｂａｒｏｎｅ` have one owner, and so have both ways to write é.
/// </summary>
/// <remarks>
/// The folded text is the decomposed form (NFKD): two texts are equal under NFKC exactly when they are under NFKD, and a key
/// that nobody sees needs no composing again. The table is our own because .NET normalises with the machine's ICU: a fresh
/// Debian has none, without it (InvariantGlobalization) <see cref="string.Normalize(NormalizationForm)"/> does nothing and
/// says nothing, and keys of stored records must not change with the machine. Invisible characters that Unicode counts as
/// letters or marks (fillers, variation selectors) are dropped, so a name made of them folds to the empty text: refuse it.
/// </remarks>
public static class NameFolding
{
    /// <summary>The form of the name that all its spellings share. Folding twice changes nothing.</summary>
    public static string Fold(string name)
    {
        if (Ascii.IsValid(name)) return name.ToUpperInvariant();
        var runes = new List<Rune>(name.Length * 2);
        foreach (var rune in name.EnumerateRunes())
            foreach (var part in UnicodeTable.Decompose(rune))
                runes.AddRange(UnicodeTable.Decompose(Rune.ToUpperInvariant(part)));
        OrderMarks(runes);
        return string.Concat(runes);
    }

    /// <summary>
    /// Sorts each run of combining marks by class, stable, as the canonical order wants it: marks of different classes do not
    /// touch each other, so the order they were typed in is not part of the name. Insertion sort; runs are a few marks long.
    /// </summary>
    private static void OrderMarks(List<Rune> runes)
    {
        for (var i = 1; i < runes.Count; i++)
        {
            var mark = runes[i];
            var rank = UnicodeTable.CombiningClass(mark);
            if (rank == 0) continue;
            var at = i;
            for (; at > 0 && UnicodeTable.CombiningClass(runes[at - 1]) > rank; at--) runes[at] = runes[at - 1];
            runes[at] = mark;
        }
    }
}
