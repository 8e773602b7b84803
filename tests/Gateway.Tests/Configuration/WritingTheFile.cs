using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class WritingTheFile : ReadingConfiguration
{
    [Theory]
    [InlineData(HostKind.Silo)]
    [InlineData(HostKind.Gateway)]
    public void The_defaults_come_back_unchanged(HostKind host)
    {
        var before = SettingsText.Of(ReadyIn(host).Settings);

        var path = Assert.IsType<StartAnswer.Wrote>(Read(host, "-writeConfig")).Path;

        var (settings, warnings) = ReadyIn(host);
        Assert.Equal(Path.Combine(Working, "config", "serverConfig.json"), path);
        Assert.Equal(path, settings.ConfigFile);
        Assert.Empty(warnings);
        Assert.Equal(before, SettingsText.Of(settings));
    }

    [Fact]
    public void Given_values_come_back_too()
    {
        Variables["MMO_maxSpeed"] = "7.5";
        string[] line = ["-channels", "1:Über \"uns\":7|2", "-spawnMaps", "Map001|Map002", "-storagePath", "/tmp/x.db", "-listenAddress", "localhost", "-siloPort", "11112", "-useWebSocket", "false", "-httpPort", "7050"];
        var before = SettingsText.Of(ReadyWith(line).Settings);

        Assert.IsType<StartAnswer.Wrote>(Read([.. line, "-writeConfig", "-config", "new/folder/server.json"]));

        Variables.Clear();
        Assert.Equal(before, SettingsText.Of(ReadyWith("-config", "new/folder/server.json").Settings));
    }

    [Fact]
    public void Secrets_are_never_written()
    {
        var path = Assert.IsType<StartAnswer.Wrote>(Read("-adminToken", "hush", "-webSocketCertPassword", "hush", "-database", "postgres", "-connectionString", "Host=hush;Password=hush", "-writeConfig")).Path;

        Assert.DoesNotContain("hush", File.ReadAllText(path));
    }

    [Fact]
    public void A_silos_file_does_not_take_the_gateways_port()
    {
        Read("-writeConfig");

        Assert.Equal(7101, ReadyIn(HostKind.Gateway).Settings.Listen.HttpPort);
    }

    [Fact]
    public void A_file_is_never_overwritten()
    {
        var path = WriteFile("""{"tickRate": 30}""");

        Assert.StartsWith($"writeConfig: {path} cannot be written: ", RefusalOf("-writeConfig"));
        Assert.Equal("""{"tickRate": 30}""", File.ReadAllText(path));
    }

    [Fact]
    public void A_bad_value_writes_nothing()
    {
        RefusalOf("-tickRate", "0", "-writeConfig");

        Assert.False(Directory.Exists(Path.Combine(Working, "config")));
    }
}
