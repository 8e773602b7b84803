using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class KitConfiguration : ReadingConfiguration
{
    private const string Sample = """
        {"databaseOptionIndex":0,"centralAddress":"localhost","centralPort":7000,"clusterPort":7010,"channels":[{"id":"1","title":"Channel 1","maxConnections":500,},{"id":"2","title":"Channel 2","maxConnections":500,}],"centralMaxConnections":1100,"publicAddress":"127.0.0.1","mapSpawnPort":6001,"spawnExePath":"./Build.exe","notSpawnInBatchMode":false,"spawnStartPort":8000,"spawnChannels":["1","2"],"spawnMaps":["Map001","Map002"],"spawnAllocateMaps":[{"mapName":"Map001","allocateAmount":10,}],"databaseManagerAddress":"localhost","databaseManagerPort":6003,"useWebSocket":true}
        """;

    [Fact]
    public void The_kits_sample_runs_as_it_is()
    {
        WriteFile(Sample);

        var settings = ReadyWith().Settings;

        Assert.Equal([new("1", "Channel 1", 500), new("2", "Channel 2", 500)], settings.World.Channels);
        Assert.Equal(["Map001", "Map002"], settings.World.SpawnMaps!.Value);
        Assert.Equal(["1", "2"], settings.World.SpawnChannels);
        Assert.Equal("Map001", settings.World.StartMap);
        Assert.Equal(("localhost", 7010, 7010), (settings.Cluster.PrimaryHost, settings.Cluster.PrimaryPort, settings.Cluster.SiloPort));
        Assert.Equal((7000, 1100, true), (settings.Listen.GamePort, settings.Listen.MaxConnections, settings.Listen.UseWebSocket));
    }

    [Fact]
    public void What_changes_nothing_is_answered_with_one_line_why()
    {
        WriteFile(Sample);

        var warnings = ReadyWith().Warnings;

        string[] accepted = ["mapSpawnPort", "spawnExePath", "notSpawnInBatchMode", "spawnStartPort", "spawnAllocateMaps", "databaseManagerAddress", "databaseManagerPort"];
        Assert.Equal(accepted.Order(), warnings.Select(warning => warning.Split(" changes nothing: ")[0]).Order());
    }

    [Fact]
    public void A_gateway_host_shares_the_file_without_a_word()
    {
        WriteFile(Sample);

        var (settings, warnings) = ReadyIn(HostKind.Gateway);

        Assert.Empty(warnings);
        Assert.Equal(("localhost", 7100, 1100), (settings.Cluster.PrimaryHost, settings.Listen.GamePort, settings.Listen.MaxConnections));
    }

    [Fact]
    public void A_missing_comma_is_found_in_its_line_and_column()
    {
        var broken = Sample.Replace("}],\"databaseManagerAddress\"", "}]\"databaseManagerAddress\"");
        var path = WriteFile(broken);

        var column = broken.IndexOf("\"databaseManagerAddress\"", StringComparison.Ordinal) + 1;
        Assert.Equal($"{path} line 1 column {column}: expected ',' or '}}' after a value, found '\"'", RefusalOf());
    }

    [Theory]
    [InlineData("databaseOptionIndex", "1", "MySQL")]
    [InlineData("useCustomDatabaseClient", "true", "grain storage")]
    public void What_would_lose_data_is_refused_with_a_sentence(string key, string value, string reason)
    {
        var path = WriteFile($"{{\"{key}\": {value}}}");

        var sentence = RefusalOf();

        Assert.StartsWith($"{key} = {value} ({path}): ", sentence);
        Assert.Contains(reason, sentence);
        Assert.IsType<StartAnswer.Refused>(Read("-" + key, value));
    }

    [Fact]
    public void A_refused_value_in_a_file_can_be_overridden()
    {
        WriteFile("""{"databaseOptionIndex": 1, "useCustomDatabaseClient": true, "centralPort": "many"}""");

        Assert.Equal(7005, ReadyWith("-databaseOptionIndex", "0", "-useCustomDatabaseClient", "false", "-centralPort", "7005").Settings.Listen.GamePort);
    }

    [Theory]
    [InlineData("machineAddress", "publicAddress")]
    [InlineData("databaseDisableCacheReading", "disableDatabaseCaching")]
    [InlineData("sceneName", "mapName")]
    [InlineData("mapId", "mapName")]
    public void Old_names_still_work_and_are_named(string old, string current)
    {
        WriteFile($"{{\"{old}\": \"true\"}}");

        Assert.Contains(ReadyWith().Warnings, warning => warning.Contains(old) && warning.EndsWith($"is the old name of {current}"));
    }

    [Fact]
    public void An_old_name_gives_the_value()
    {
        WriteFile("""{"machineAddress": "play.example.org"}""");

        Assert.Equal("play.example.org", ReadyWith().Settings.Listen.PublicAddress);
    }

    [Theory]
    [InlineData("chatPort")]
    [InlineData("mapPort")]
    [InlineData("instancePositionX")]
    [InlineData("databaseCacheOptionIndex")]
    [InlineData("chatMaxConnections")]
    public void Keys_of_processes_that_are_gone_are_accepted(string key) =>
        Assert.StartsWith($"{key} changes nothing: ", Assert.Single(ReadyWith("-" + key, "6003").Warnings));

    [Fact]
    public void Empty_texts_and_nulls_of_a_file_the_kit_wrote_count_as_not_set()
    {
        WriteFile("""{"webSocketCertPath": "", "webSocketCertPassword": "", "publicAddress": "", "spawnMaps": null, "centralPort": null, "spawnExePath": ""}""");

        var (settings, warnings) = ReadyWith();

        Assert.Empty(warnings);
        Assert.Equal(("127.0.0.1", 7000), (settings.Listen.PublicAddress, settings.Listen.GamePort));
        Assert.Null(settings.World.SpawnMaps);
    }
}
