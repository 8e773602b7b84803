using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class Roles : ReadingConfiguration
{
    [Theory]
    [InlineData("", true)]
    [InlineData("-startMapSpawnServer", true)]
    [InlineData("-startCentralServer -startMapSpawnServer", true)]
    [InlineData("-startCentralServer", false)]
    [InlineData("-startMapServer", false)]
    [InlineData("-startDatabaseServer -startChatServer", false)]
    [InlineData("-startCentralServer false", true)]
    public void The_spawner_runs_when_no_role_or_its_own_is_named(string line, bool runsSpawner) =>
        Assert.Equal(runsSpawner, ReadyWith(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Settings.Roles.RunsSpawner);

    [Fact]
    public void Roles_that_are_grains_are_accepted_with_one_line() =>
        Assert.Equal("startCentralServer changes nothing: Central is a grain; any silo may host it", Assert.Single(ReadyWith("-startCentralServer").Warnings));

    [Fact]
    public void A_map_server_ensures_its_one_map()
    {
        var (settings, warnings) = ReadyWith("-startMapServer", "-mapName", "Map001", "-channelId", "2", "-channels", "1|2");

        Assert.Equal(new EnsuredMap("Map001", "2"), settings.Roles.EnsuredMap);
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_map_server_without_a_channel_uses_the_first() =>
        Assert.Equal(new EnsuredMap("Map001", "1"), ReadyWith("-startMapServer", "-mapName", "Map001", "-channels", "1|2").Settings.Roles.EnsuredMap);

    [Fact]
    public void A_channel_that_channels_lacks_is_added_with_a_warning()
    {
        var (settings, warnings) = ReadyWith("-startMapServer", "-mapName", "Map001", "-channelId", "9");

        Assert.Equal(["default", "9"], settings.World.Channels.Select(channel => channel.Id));
        Assert.Contains("channelId names channel 9", Assert.Single(warnings));
    }

    [Fact]
    public void A_map_name_without_the_role_is_named()
    {
        var (settings, warnings) = ReadyWith("-mapName", "Map001");

        Assert.Null(settings.Roles.EnsuredMap);
        Assert.Contains("ignored without startMapServer", Assert.Single(warnings));
    }

    [Fact]
    public void A_second_silo_on_one_machine_finds_the_first()
    {
        var cluster = ReadyWith("-clusterPort", "11111", "-siloPort", "11112").Settings.Cluster;

        Assert.Equal((11112, 11111), (cluster.SiloPort, cluster.PrimaryPort));
    }
}
