using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MmoOrleans.GrainInterfaces.Names;

/// <summary>The compatibility decompositions and combining classes of Unicode 15.1, read once from unicode.txt beside this file.</summary>
internal static class UnicodeTable
{
    private const int HangulFirst = 0xAC00, HangulLast = 0xD7A3;
    private const int LeadFirst = 0x1100, VowelFirst = 0x1161, TailBefore = 0x11A7;
    private const int VowelCount = 21, TailCount = 28;

    private static readonly FrozenDictionary<int, Rune[]> Decompositions;
    private static readonly FrozenDictionary<int, byte> Classes;

    static UnicodeTable()
    {
        var decompositions = new Dictionary<int, Rune[]>();
        var classes = new Dictionary<int, byte>();
        foreach (var line in Lines())
        {
            if (line.IndexOf('>') is var arrow and > 0) AddDecomposition(decompositions, line[..arrow], line[(arrow + 1)..]);
            else if (line.Split('=') is [var range, var rank]) AddClass(classes, range, byte.Parse(rank, CultureInfo.InvariantCulture));
        }

        Decompositions = decompositions.ToFrozenDictionary();
        Classes = classes.ToFrozenDictionary();
    }

    /// <summary>What the character is made of: itself, its parts, or nothing when it is invisible.</summary>
    internal static Rune[] Decompose(Rune rune)
    {
        if (Decompositions.TryGetValue(rune.Value, out var parts)) return parts;
        return rune.Value is >= HangulFirst and <= HangulLast ? Syllable(rune.Value - HangulFirst) : [rune];
    }

    /// <summary>0 for letters and for marks that stay where they are; otherwise the rank by which marks are sorted.</summary>
    internal static byte CombiningClass(Rune rune) => Classes.GetValueOrDefault(rune.Value);

    private static Rune[] Syllable(int index)
    {
        var lead = new Rune(LeadFirst + index / (VowelCount * TailCount));
        var vowel = new Rune(VowelFirst + index % (VowelCount * TailCount) / TailCount);
        var tail = index % TailCount;
        return tail == 0 ? [lead, vowel] : [lead, vowel, new Rune(TailBefore + tail)];
    }

    private static void AddDecomposition(Dictionary<int, Rune[]> table, string range, string targets)
    {
        var (first, last) = Range(range);
        var parts = targets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hex).ToArray();
        for (var source = first; source <= last; source++)
            table[source] = first == last ? [.. parts.Select(part => new Rune(part))]
                : parts.Length == 0 ? [] : [new Rune(parts[0] + source - first)];
    }

    private static void AddClass(Dictionary<int, byte> table, string range, byte rank)
    {
        var (first, last) = Range(range);
        for (var source = first; source <= last; source++) table[source] = rank;
    }

    private static (int First, int Last) Range(string range) =>
        range.Split('-') is [var first, var last] ? (Hex(first), Hex(last)) : (Hex(range), Hex(range));

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(UnicodeTable).Assembly.GetManifestResourceStream("unicode.txt")
            ?? throw new InvalidOperationException("The assembly lacks its resource unicode.txt."));
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#')) yield return line;
    }
}
