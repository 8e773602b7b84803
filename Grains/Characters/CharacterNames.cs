using System.Globalization;
using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Names;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// What a character may be called: 2 to 16 letters, marks and digits of one script, and <c>_</c>. The rules beyond that keep
/// names apart that look alike, and the screen readable: nothing invisible, no piles of marks, no letters of two scripts.
/// </summary>
internal static class CharacterNames
{
    public const int MinLength = 2;

    /// <summary>In Unicode code points, so that every script gets the same room.</summary>
    public const int MaxLength = 16;

    /// <summary>A Korean syllable folds to three letters at most; some ligatures fold to whole sentences.</summary>
    private const int MaxFoldedLength = 3 * MaxLength;

    /// <summary>On one letter: Vietnamese, Thai and Hindi have two.</summary>
    private const int MostMarks = 2;

    /// <summary>Null: nothing is wrong.</summary>
    public static Refusal? Check(string name)
    {
        if (name.Length > MaxLength * 2) return Refusal.For(RefusalCode.CharacterNameTooLong); // Surely, and cheaply.
        if (!name.EnumerateRunes().All(IsAllowed) || !LooksLikeAName(NameFolding.Fold(name))) return Refusal.For(RefusalCode.InvalidCharacterName);
        return name.EnumerateRunes().Count() switch
        {
            < MinLength => Refusal.For(RefusalCode.CharacterNameTooShort),
            > MaxLength => Refusal.For(RefusalCode.CharacterNameTooLong),
            _ => null,
        };
    }

    /// <summary>Looks at the folded name, in which full-width letters are letters and each accent is a mark of its own.</summary>
    private static bool LooksLikeAName(string folded)
    {
        var runes = folded.EnumerateRunes().ToList();
        return runes.Count <= MaxFoldedLength && !HasPileOfMarks(runes) && NameScripts.AreReadTogether(runes);
    }

    /// <summary>A mark needs something to stand on, and three on one letter are drawn over the lines above and below.</summary>
    private static bool HasPileOfMarks(List<Rune> runes)
    {
        var marks = MostMarks;
        foreach (var rune in runes)
        {
            marks = Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? marks + 1 : 0;
            if (marks > MostMarks) return true;
        }

        return false;
    }

    private static bool IsAllowed(Rune rune) => rune.Value == '_' || !InvisibleRunes.Contains(rune) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber;
}
