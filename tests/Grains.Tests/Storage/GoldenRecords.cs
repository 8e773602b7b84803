using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests.Storage;

/// <summary>
/// Reads a row of every record of every version, for ever. The rows are in the folder Golden, one per file: `Name.v1.json`, or
/// `Name.v1-case.json` for a second row of that version. A record is known by its [StoredRecord]; to add one, add its file.
/// A row that reads as something else than it says (an older version, or one that lacked a property) has a neighbour
/// `….now.json` with the row this program makes of it. Files are added, never changed: they are what databases hold.
/// </summary>
public partial class GoldenRecords
{
    private static readonly Dictionary<string, Type> Records = typeof(StoredRecordAttribute).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<StoredRecordAttribute>() is not null)
        .ToDictionary(type => type.Name);

    public static TheoryData<string> Rows() => [.. Files().Where(file => !file.EndsWith(".now.json", StringComparison.Ordinal))];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Rows))]
    public void A_row_of_any_version_reads_as_it_did(string file)
    {
        var name = RowName().Match(file).Groups["record"].Value;
        Assert.True(Records.ContainsKey(name), $"{file} is the row of {name}, but no class of that name is marked [StoredRecord]");
        var now = Path.Combine(Folder(), Path.ChangeExtension(file, ".now.json"));
        var expected = JsonNode.Parse(File.ReadAllText(File.Exists(now) ? now : Path.Combine(Folder(), file)));
        var actual = JsonNode.Parse(Rewrite(Records[name], File.ReadAllText(Path.Combine(Folder(), file))));
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{file} reads as\n{actual}\ninstead of\n{expected}");
    }

    [Fact]
    public void Every_record_has_a_row_of_each_of_its_versions()
    {
        var written = Files().Select(file => RowName().Match(file).Groups["id"].Value).ToHashSet();
        var wanted = Records.Values.SelectMany(record => Enumerable.Range(1, record.GetCustomAttribute<StoredRecordAttribute>()!.Version)
            .Select(version => $"{record.Name}.v{version}"));
        var missing = wanted.Where(row => !written.Contains(row)).ToArray();
        Assert.True(missing.Length == 0, $"add to {Folder()}: {string.Join(", ", missing.Select(row => row + ".json"))}");
    }

    [Fact]
    public void Every_record_can_be_made_empty_for_a_grain_that_was_never_stored() =>
        Assert.All(Records.Values, record => Assert.True(record.GetConstructor(Type.EmptyTypes) is not null,
            $"{record.Name} has no constructor without arguments, so Orleans would make it with every property null"));

    private static string Rewrite(Type record, string row) =>
        (string)typeof(GoldenRecords).GetMethod(nameof(RewriteAs), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(record).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row], null)!;

    private static string RewriteAs<T>(string row)
    {
        var serializer = new RecordSerializer();
        return serializer.Serialize(serializer.Deserialize<T>(BinaryData.FromString(row))).ToString();
    }

    private static IEnumerable<string> Files() =>
        Directory.Exists(Folder()) ? Directory.EnumerateFiles(Folder(), "*.json").Select(path => Path.GetFileName(path)!).Order() : [];

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");

    [GeneratedRegex(@"^(?<id>(?<record>\w+)\.v\d+)(-\w+)?(\.now)?\.json$")]
    private static partial Regex RowName();
}
