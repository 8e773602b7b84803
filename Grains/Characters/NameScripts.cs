using System.Globalization;
using System.Text;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// Which script a letter is of, as closely as names need it: "Viktor" with a Cyrillic o must not pass for another. By blocks, not
/// by Unicode's property, which .NET does not have: what no range names is told apart by blocks of 256.
/// </summary>
internal static class NameScripts
{
    private const int Latin = 1, Greek = 2, Cyrillic = 3, Hangul = 4, Hiragana = 5, Katakana = 6, Bopomofo = 7, Han = 8, Georgian = 9, Cherokee = 10, Arabic = 11, Ethiopic = 12;

    private static readonly (int First, int Last, int Script)[] Ranges =
    [
        (0x0000, 0x02FF, Latin), (0x0370, 0x03FF, Greek), (0x0400, 0x052F, Cyrillic), (0x0600, 0x06FF, Arabic), (0x0750, 0x077F, Arabic),
        (0x0870, 0x08FF, Arabic), (0x10A0, 0x10FF, Georgian), (0x1100, 0x11FF, Hangul), (0x1200, 0x139F, Ethiopic), (0x13A0, 0x13FF, Cherokee),
        (0x1C80, 0x1C8F, Cyrillic), (0x1C90, 0x1CBF, Georgian), (0x1D00, 0x1D25, Latin), (0x1E00, 0x1EFF, Latin), (0x1F00, 0x1FFF, Greek),
        (0x2C60, 0x2C7F, Latin), (0x2D00, 0x2D2F, Georgian), (0x2D80, 0x2DDF, Ethiopic), (0x2DE0, 0x2DFF, Cyrillic), (0x2E80, 0x2FDF, Han),
        (0x3005, 0x3007, Han), (0x3040, 0x309F, Hiragana), (0x30A0, 0x30FF, Katakana), (0x3100, 0x312F, Bopomofo), (0x3130, 0x318F, Hangul),
        (0x31A0, 0x31BF, Bopomofo), (0x31F0, 0x31FF, Katakana), (0x3400, 0x4DBF, Han), (0x4E00, 0x9FFF, Han), (0xA640, 0xA69F, Cyrillic),
        (0xA720, 0xA7FF, Latin), (0xA960, 0xA97F, Hangul), (0xAB30, 0xAB6F, Latin), (0xAB70, 0xABBF, Cherokee), (0xAC00, 0xD7FF, Hangul),
        (0xF900, 0xFAFF, Han), (0x20000, 0x3FFFF, Han),
    ];

    /// <summary>Scripts that one language writes together.</summary>
    private static readonly int[][] Together = [[Han, Hiragana, Katakana], [Han, Hangul], [Han, Bopomofo]];

    /// <summary>Digits, marks, <c>_</c> and modifier letters belong to every script.</summary>
    public static bool AreReadTogether(IEnumerable<Rune> name)
    {
        var scripts = name.Where(IsOfAScript).Select(ScriptOf).Distinct().ToList();
        return scripts.Count <= 1 || Together.Any(group => scripts.All(group.Contains));
    }

    private static bool IsOfAScript(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter;

    private static int ScriptOf(Rune rune)
    {
        foreach (var (first, last, script) in Ranges)
            if (rune.Value >= first && rune.Value <= last) return script;
        // The scripts of India have 128 places each.
        return rune.Value is >= 0x0900 and <= 0x0DFF ? 1000 + (rune.Value >> 7) : 10_000 + (rune.Value >> 8);
    }
}
