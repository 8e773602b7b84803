using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MmoOrleans.Databases.Tests;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using MmoOrleans.Silo.Storage.Postgres;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace MmoOrleans.Silo.Tests.Storage;

/// <summary>Orleans' list of silos on our query texts: what the membership protocol asks of a table.</summary>
public sealed class ListingSilos : IAsyncLifetime
{
    private static readonly DateTime Now = new(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc);

    private PostgresDatabase? _database;
    private AdoNetClusteringTable? _table;

    private AdoNetClusteringTable Table => _table!;

    public async ValueTask InitializeAsync()
    {
        _database = new PostgresDatabase(new DatabaseSettings(DatabaseKind.Postgres, await PostgresServer.NewDatabase(), TimeSpan.Zero));
        await new PostgresSchema(_database, NullLogger<PostgresSchema>.Instance).Prepare(CancellationToken.None);
        _table = await Open("one");
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_new_list_is_empty_and_has_a_version_of_its_own()
    {
        await Table.InitializeMembershipTableAsync(true);
        var list = await Table.ReadAllAsync();
        Assert.Empty(list.Members);
        Assert.Equal(0, list.Version.Version);
        Assert.Equal(0, (await Table.ReadRowAsync(Entry(1).SiloAddress)).Version.Version);
    }

    [Fact]
    public async Task A_silo_is_read_as_it_was_written()
    {
        var entry = Entry(1);
        Assert.True(await Insert(entry));
        entry.Status = SiloStatus.Dead;
        entry.SuspectTimes = [Tuple.Create(Entry(2).SiloAddress, Now), Tuple.Create(Entry(3).SiloAddress, Now)];
        Assert.True(await Update(entry));
        var read = (await Table.ReadRowAsync(entry.SiloAddress)).Members.Single().Item1;
        Assert.Equal((entry.SiloAddress, entry.SiloName, entry.HostName, SiloStatus.Dead, 30_001, Now, Now),
            (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime, read.IAmAliveTime));
        Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
        Assert.Equal(2, (await Table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task Of_many_silos_that_join_at_one_version_exactly_one_does()
    {
        var seen = (await Table.ReadAllAsync()).Version;
        var joined = await Task.WhenAll(Enumerable.Range(1, 8).Select(port => Table.InsertRowAsync(Entry(port), seen.Next())));
        Assert.Single(joined, isIn => isIn);
        var list = await Table.ReadAllAsync();
        Assert.Single(list.Members);
        Assert.Equal(1, list.Version.Version);
    }

    [Fact]
    public async Task Of_many_votes_at_one_version_exactly_one_counts()
    {
        Assert.True(await Insert(Entry(1)));
        var list = await Table.ReadAllAsync();
        var votes = await Task.WhenAll(Enumerable.Range(2, 8).Select(voter =>
        {
            var entry = Entry(1);
            entry.SuspectTimes = [Tuple.Create(Entry(voter).SiloAddress, Now)];
            return Table.UpdateRowAsync(entry, list.Members.Single().Item2, list.Version.Next());
        }));
        Assert.Single(votes, counts => counts);
        Assert.Equal(2, (await Table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task A_silo_joins_once_and_one_that_is_not_listed_is_not_changed()
    {
        Assert.True(await Insert(Entry(1)));
        Assert.False(await Insert(Entry(1)));
        Assert.False(await Update(Entry(2)));
        Assert.Equal(1, (await Table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task A_sign_of_life_is_no_new_version()
    {
        var entry = Entry(1);
        Assert.True(await Insert(entry));
        entry.IAmAliveTime = Now.AddMinutes(1);
        await Table.UpdateIAmAliveAsync(entry);
        var list = await Table.ReadAllAsync();
        Assert.Equal((Now.AddMinutes(1), 1), (list.Members.Single().Item1.IAmAliveTime, list.Version.Version));
    }

    [Fact]
    public async Task Only_silos_long_dead_are_cleaned_up()
    {
        Assert.True(await Insert(Entry(1)));
        Assert.True(await Insert(Entry(2, SiloStatus.Dead)));
        Assert.True(await Insert(Entry(3, SiloStatus.Dead, Now.AddDays(2))));
        await Table.CleanupDefunctSiloEntriesAsync(Now.AddDays(1));
        Assert.Equal([1, 3], (await Table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Order());
    }

    [Fact]
    public async Task Clusters_in_one_database_do_not_see_each_other()
    {
        var other = await Open("two");
        Assert.True(await Insert(Entry(1)));
        Assert.Empty((await other.ReadAllAsync()).Members);
        await other.DeleteMembershipTableEntriesAsync("one");
        await Table.InitializeMembershipTableAsync(true);
        Assert.Empty((await Table.ReadAllAsync()).Members);
    }

    private async Task<AdoNetClusteringTable> Open(string cluster)
    {
        var table = new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = "mmo" }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = PostgresDatabase.Invariant, DataSource = _database!.Source }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true);
        return table;
    }

    private async Task<bool> Insert(MembershipEntry entry) => await Table.InsertRowAsync(entry, (await Table.ReadAllAsync()).Version.Next());

    private async Task<bool> Update(MembershipEntry entry)
    {
        var version = (await Table.ReadAllAsync()).Version;
        return await Table.UpdateRowAsync(entry, version.VersionEtag, version.Next());
    }

    private static MembershipEntry Entry(int port, SiloStatus status = SiloStatus.Active, DateTime? alive = null) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 7),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = status,
        ProxyPort = 30_000 + port,
        StartTime = Now,
        IAmAliveTime = alive ?? Now,
    };
}
