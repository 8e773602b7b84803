using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MmoOrleans.ConsoleClient.Tests;

/// <summary>docs/console.md shows each event that the console prints, and no other.</summary>
public partial class DocumentedEvents
{
    [Fact]
    public void Are_those_that_are_printed()
    {
        var source = File.ReadAllText(Repository("Client/Console/Output/EventLines.cs"));
        var printed = Made().Matches(source).Select(match => match.Groups["kind"].Value)
            .Concat(Disconnected().Matches(source).Select(match => match.Groups["place"].Value + " disconnected"));
        var shown = Shown().Matches(File.ReadAllText(Repository("docs/console.md"))).Select(match => match.Groups["kind"].Value);
        Assert.Equal(printed.Distinct().Order(StringComparer.Ordinal), shown.Distinct().Order(StringComparer.Ordinal));
    }

    private static string Repository(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../..", path);

    [GeneratedRegex("""OutputLine\.Event\("(?<kind>[^"]+)"\)""")]
    private static partial Regex Made();

    [GeneratedRegex("""[^\w]Disconnected\("(?<place>\w+)",""")]
    private static partial Regex Disconnected();

    [GeneratedRegex("^event (?<kind>[a-z-]+( (connected|disconnected|stopped))?)( [a-z]+=.*)?$", RegexOptions.Multiline)]
    private static partial Regex Shown();
}
