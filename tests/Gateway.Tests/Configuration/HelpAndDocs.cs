using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class HelpAndDocs : ReadingConfiguration
{
    [Theory]
    [InlineData(HostKind.Silo, "--help")]
    [InlineData(HostKind.Gateway, "-help")]
    public void Help_lists_every_key_with_its_default(HostKind host, string word)
    {
        var lines = Assert.IsType<StartAnswer.ShowHelp>(Read(host, "-centralPort", "nonsense", word)).Text.Split(Environment.NewLine);

        foreach (var key in ConfigKeys.All)
            Assert.Contains($"  -{key.Name}: {key.Expected}. Default: {key.DefaultWords(host)}", lines);
    }

    [Fact]
    public void The_version_is_the_products() =>
        Assert.Matches(@"^\d+\.\d+\.\d+", Assert.IsType<StartAnswer.ShowVersion>(Read("--version")).Version);

    [Fact]
    public void Every_name_is_known_once()
    {
        var names = ConfigKeys.All.SelectMany(key => key.OldNames.Prepend(key.Name)).ToArray();

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Contains(name, ConfigKeys.Find(name)!.OldNames.Prepend(ConfigKeys.Find(name)!.Name)));
    }

    [Fact]
    public void Every_accepted_key_says_why_and_every_number_has_a_range()
    {
        Assert.All(ConfigKeys.All.Where(key => key.Fate == KeyFate.Accepted), key => Assert.False(string.IsNullOrEmpty(key.Why)));
        Assert.All(ConfigKeys.All.Where(key => key.Kind is KeyKind.Whole or KeyKind.Decimal), key => Assert.Contains(" from ", key.Expected));
    }

    [Fact]
    public void The_documentation_shows_the_table_of_keys_word_for_word()
    {
        var text = File.ReadAllText(Path.Combine(Repository(), "docs", "configuration.md"));
        var shown = text.Split("<!-- keys -->\n")[1].Split("<!-- /keys -->")[0];

        Assert.True(shown == KeyTable.Markdown(), $"docs/configuration.md should have this between its key marks:\n{KeyTable.Markdown()}");
    }

    [Fact]
    public void The_file_in_the_repository_is_read_without_a_warning()
    {
        var config = Path.Combine(Repository(), "config");

        var (settings, warnings) = ReadyWith("-config", Path.Combine(config, "serverConfig.json"));

        Assert.Empty(warnings);
        Assert.Equal(("Map001", Path.Combine(config, "maps")), (settings.World.StartMap, settings.World.MapsPath));
        Assert.Equal(Path.Combine(Repository(), "data", "mmo.db"), settings.StoragePath);
        Assert.Equal("default", Assert.Single(settings.World.Channels).Id);
    }

    [Fact]
    public void Every_server_of_the_list_has_a_title_and_an_address() =>
        Assert.All(File.ReadAllLines(Path.Combine(Repository(), "config", "serverList.txt")), line => Assert.Matches(@"^[^,]+, [^,:]+:\d+(, secure)?$", line));

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MmoOrleans.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests has MmoOrleans.sln.");
        return folder.FullName;
    }
}
