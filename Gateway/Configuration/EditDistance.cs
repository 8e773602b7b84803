namespace MmoOrleans.Gateway.Configuration;

/// <summary>How many letters differ between two names (Levenshtein); letter case counts for nothing, so a wrong case is nearest.</summary>
internal static class EditDistance
{
    // Names longer than this are cut: no key is half as long, and the work grows with the product of both lengths.
    private const int LongestName = 100;

    public static int Between(string left, string right)
    {
        left = left[..Math.Min(left.Length, LongestName)].ToLowerInvariant();
        right = right[..Math.Min(right.Length, LongestName)].ToLowerInvariant();
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var letter in left)
            above = NextRow(above, letter, right);
        return above[^1];
    }

    private static int[] NextRow(int[] above, char letter, string right)
    {
        var row = new int[above.Length];
        row[0] = above[0] + 1;
        for (var i = 1; i < row.Length; i++)
            row[i] = Math.Min(Math.Min(row[i - 1], above[i]) + 1, above[i - 1] + (letter == right[i - 1] ? 0 : 1));
        return row;
    }
}
