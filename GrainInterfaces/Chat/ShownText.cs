using System.Globalization;
using System.Text;
using MmoOrleans.GrainInterfaces.Names;

namespace MmoOrleans.GrainInterfaces.Chat;

/// <summary>
/// Free text that others will be shown: chat, announcements, reasons. It may not begin a new line in a log or a terminal, nor
/// turn the direction of what follows it. One place for all of them.
/// </summary>
public static class ShownText
{
    /// <summary>
    /// The text with a space for each control character and line or paragraph separator, a replacement character for each half of
    /// a surrogate pair, and without bidirectional controls. Never longer in UTF-16 than it was.
    /// </summary>
    public static string Clean(string text)
    {
        if (text.All(one => one is >= ' ' and <= '~'))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!TurnsDirection(rune))
                clean.Append(BreaksLines(rune) ? " " : rune.ToString());
        return clean.ToString();
    }

    /// <summary>Whether somebody who is shown the text sees anything.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune) && !InvisibleRunes.Contains(rune) && !BreaksLines(rune));

    private static bool BreaksLines(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool TurnsDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
