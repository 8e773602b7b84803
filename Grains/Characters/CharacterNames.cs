using System.Globalization;
using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Names;

namespace MmoOrleans.Grains.Characters;

/// <summary>What a character may be called: 2 to 16 letters, marks and numbers of any script, and <c>_</c>.</summary>
internal static class CharacterNames
{
    public const int MinLength = 2;

    /// <summary>In Unicode code points, so that every script gets the same room.</summary>
    public const int MaxLength = 16;

    /// <summary>Null: nothing is wrong.</summary>
    public static Refusal? Check(string name)
    {
        if (name.Length > MaxLength * 2) return Refusal.For(RefusalCode.CharacterNameTooLong); // Surely, and cheaply.
        if (!name.EnumerateRunes().All(IsAllowed) || IsInvisible(name)) return Refusal.For(RefusalCode.InvalidCharacterName);
        return name.EnumerateRunes().Count() switch
        {
            < MinLength => Refusal.For(RefusalCode.CharacterNameTooShort),
            > MaxLength => Refusal.For(RefusalCode.CharacterNameTooLong),
            _ => null,
        };
    }

    /// <summary>Fillers and variation selectors are letters and marks to Unicode and nothing to the eye.</summary>
    private static bool IsInvisible(string name) => name.Length > 0 && NameFolding.Fold(name).Length == 0;

    private static bool IsAllowed(Rune rune) => rune.Value == '_' || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
