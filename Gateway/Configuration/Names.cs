using System.Text.RegularExpressions;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>What channels and maps may be called: their names become parts of grain keys and file names.</summary>
internal static partial class Names
{
    private const string Expected = "1 to 64 letters, digits, '_', '.' or '-'";

    public static void RefuseUnlessFit(string key, string name, ValueOrigin origin, Findings findings)
    {
        if (!Pattern().IsMatch(name))
            findings.Refuse($"{key} = \"{name}\" ({origin.Words}): expected {Expected}");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Pattern();
}
