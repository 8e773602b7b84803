using System.Text.RegularExpressions;

namespace MmoOrleans.Sdk.Tests;

/// <summary>The table in docs/sdk.md names members and tests that exist.</summary>
public partial class DocumentedMembers
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (Match row in Row().Matches(File.ReadAllText(Page()))) rows.Add(row.Groups[1].Value, row.Groups[2].Value);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Exist_as_do_their_tests(string here, string test)
    {
        foreach (Match member in Name().Matches(here)) AssertMember(typeof(MmoClient).Assembly.GetExportedTypes(), member);
        AssertMember(typeof(DocumentedMembers).Assembly.GetExportedTypes(), Name().Match(test));
    }

    [Fact]
    public void Are_as_many_as_the_client_instance_has() => Assert.InRange(Rows.Count, 30, 100);

    private static void AssertMember(Type[] types, Match name)
    {
        Assert.True(name.Success);
        var type = Assert.Single(types, one => one.Name == name.Groups[1].Value);
        Assert.Contains(type.GetMembers(), one => one.Name == name.Groups[2].Value);
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MmoOrleans.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests lie outside the repository.");
        return Path.Combine(folder.FullName, "docs", "sdk.md");
    }

    [GeneratedRegex(@"^\| [^|]+ \| ([^|]+) \| (`[^|]+`) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Name();
}
