using System.Net;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.GrainInterfaces.Accounts;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class Defaults : ReadingConfiguration
{
    [Fact]
    public void A_silo_without_any_configuration_listens_where_the_documentation_says()
    {
        var (settings, warnings) = ReadyWith();

        Assert.Empty(warnings);
        Assert.Null(settings.ConfigFile);
        Assert.Equal((IPAddress.Any, 7000, 7001, "127.0.0.1"), (settings.Listen.Address, settings.Listen.GamePort, settings.Listen.HttpPort, settings.Listen.PublicAddress));
        Assert.Equal((IPAddress.Loopback, 8080, null), (settings.Dashboard.Address, settings.Dashboard.Port, settings.Dashboard.AdminToken));
        Assert.Equal((IPAddress.Loopback, 11111, 30000), (settings.Cluster.SiloAddress, settings.Cluster.SiloPort, settings.Cluster.OrleansGatewayPort));
        Assert.Equal(("mmo", "mmo"), (settings.Cluster.ClusterId, settings.Cluster.ServiceId));
        Assert.Equal(DatabaseSettings.Sqlite, settings.Database);
        Assert.Equal(("127.0.0.1", 11111), (settings.Cluster.PrimaryHost, settings.Cluster.PrimaryPort));
        Assert.True(settings.Listen.HostsGateway && settings.Listen.UseWebSocket);
        Assert.Null(settings.Listen.Certificate);
        Assert.Equal(10000, settings.Listen.MaxConnections);
        Assert.Null(settings.Listen.MaxConnectionsPerAddress);
    }

    [Fact]
    public void The_default_world_is_one_channel_with_every_map()
    {
        var world = ReadyWith().Settings.World;

        Assert.Equal(new ChannelSetting("default", "Default", 500), Assert.Single(world.Channels));
        Assert.Equal(["default"], world.SpawnChannels);
        Assert.Null(world.SpawnMaps);
        Assert.Null(world.StartMap);
        Assert.Equal(Path.Combine(Working, "config", "maps"), world.MapsPath);
        Assert.Equal((20, 80, 6, 10000), (world.TickRateHz, world.VisibleRangeMeters, world.MaxSpeedMetersPerSecond, world.MaxPlayersPerMap));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)), (world.SpawnTimeout, world.Grace));
    }

    [Fact]
    public void Accounts_chat_and_storage_have_their_documented_defaults()
    {
        var settings = ReadyWith().Settings;

        Assert.Equal((210_000, 5, 5, false), (settings.Accounts.PasswordIterations, settings.Accounts.LoginFailuresPerMinute, settings.Accounts.MaxCharacters, settings.Accounts.RequireEmail));
        Assert.Equal((TimeSpan.FromDays(7), 20), (settings.Accounts.TokenLifetime, settings.Listen.LoginFailuresPerMinutePerAddress));
        Assert.Equal((10, 100), (settings.Listen.RegistrationsPerMinutePerAddress, settings.Listen.RegistrationsPerDayPerAddress));
        Assert.Equal(new AccountLimits().ReservedNames, settings.Accounts.ReservedNames);
        Assert.Equal(new ChatSettings(5, TimeSpan.FromSeconds(3)), settings.Chat);
        Assert.Equal(Path.Combine(Working, "data", "mmo.db"), settings.StoragePath);
        Assert.Equal(new RoleSettings(true, null), settings.Roles);
    }

    [Fact]
    public void A_gateway_host_listens_beside_a_silo_on_the_same_machine()
    {
        var listen = ReadyIn(HostKind.Gateway).Settings.Listen;

        Assert.Equal(("gatewayPort", 7100, 7101, true), (listen.GamePortKey, listen.GamePort, listen.HttpPort, listen.HostsGateway));
    }

    [Fact]
    public void Every_default_can_be_read_by_its_own_parser()
    {
        foreach (var key in ConfigKeys.All)
        {
            foreach (var text in new[] { key.Default, key.GatewayDefault })
                Assert.True(text is null || ValueParser.FromText(key, text) is ParsedValue.Fit, $"{key.Name} cannot read its default {text}");
        }
    }
}
