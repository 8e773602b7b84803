using System.Text.RegularExpressions;
using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;

namespace MmoOrleans.EndToEnd;

/// <summary>What an operator meets first: a database that is not there, or does not let the server in.</summary>
public abstract class StartingOnADatabase(string database)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_does_not_answer_ends_the_start_with_4_after_its_time(bool isSilo)
    {
        await using var cluster = new Cluster(database, ConnectionString(DatabaseServer.FreePort(), DatabaseServer.Password));
        var host = isSilo ? cluster.Silo("-databaseWaitSeconds", "4") : cluster.Gateway("-databaseWaitSeconds", "4");

        Assert.Equal(4, await host.Ended());

        Assert.Contains(host.Log, line => Regex.IsMatch(line, @"^connectionString: .* at 127\.0\.0\.1:\d+ does not answer: .* after 4 s \(databaseWaitSeconds\)\.$"));
        await host.Logged(2060, "trying again for");
        AssertNoSecret(host, DatabaseServer.Password);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_does_not_let_the_user_in_ends_the_start_with_4_at_once(bool isSilo)
    {
        await using var server = await Server();
        await using var cluster = new Cluster(database, ConnectionString(server.Port, "wrong-81"));
        var host = isSilo ? cluster.Silo() : cluster.Gateway();

        Assert.Equal(4, await host.Ended());

        Assert.Contains(host.Log, line => Regex.IsMatch(line, "^connectionString: .* does not let this user in: "));
        AssertNoSecret(host, "wrong-81");
    }

    [Fact]
    public async Task A_server_and_silos_that_come_later_are_waited_for()
    {
        await using var server = await Server();
        await server.Stop();
        await using var cluster = new Cluster(database, ConnectionString(server.Port, DatabaseServer.Password));
        var gateway = cluster.Gateway();
        await gateway.Logged(2060, "does not answer");
        await server.Start();
        await gateway.Logged(2002); // The database is there, and empty: the cluster is not there yet.
        await cluster.StartSilo("-embeddedGateway", "false");
        await gateway.Ready();
        await using var player = await Player.New(gateway.PortOf("game"));
        await player.Enter();
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_while_it_waits_stops()
    {
        await using var cluster = new Cluster(database, ConnectionString(DatabaseServer.FreePort(), DatabaseServer.Password));
        var silo = cluster.Silo();
        await silo.Logged(2060);
        Assert.Equal(0, await silo.Stop());
    }

    protected abstract string ConnectionString(int port, string password);

    protected abstract Task<DatabaseServer> Server();

    private static void AssertNoSecret(HostProcess host, string secret) =>
        Assert.DoesNotContain([.. host.Output, .. host.Log], line => line.Contains(secret, StringComparison.Ordinal));
}

public sealed class StartingOnPostgres() : StartingOnADatabase("postgres")
{
    [Fact]
    public async Task A_database_that_does_not_exist_ends_the_start_with_4()
    {
        var connection = (await PostgresServer.NewDatabase()).Replace("Database=world", "Database=nowhere", StringComparison.Ordinal);
        await using var cluster = new Cluster("postgres", connection);
        var silo = cluster.Silo();
        Assert.Equal(4, await silo.Ended());
        Assert.Contains(silo.Log, line => Regex.IsMatch(line, "^connectionString: .* has no such database: database \"nowhere[0-9]+\" does not exist\\.$"));
    }

    protected override string ConnectionString(int port, string password) => $"Host=127.0.0.1;Port={port};Database=postgres;Username=mmo;Password={password}";

    protected override async Task<DatabaseServer> Server() => await PostgresServer.StartNew();
}

public sealed class StartingOnRedis() : StartingOnADatabase("redis")
{
    protected override string ConnectionString(int port, string password) => $"127.0.0.1:{port},password={password}";

    protected override async Task<DatabaseServer> Server() => await RedisServer.StartNew();
}
