using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Maps;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>The silo of a session goes, with everything that the session knew; the player's map is on the other silo.</summary>
public sealed class LosingASilo : IAsyncLifetime
{
    private static readonly MapId Home = new("default", "Map001");
    private readonly FakeGateway _gateway = new();
    private GrainCluster _cluster = null!;

    private IGrainFactory Grains => _cluster.Grains;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task The_newest_login_wins_though_the_session_has_forgotten_the_one_before()
    {
        await using var gateway = await LiveGateway.Join(Grains, Home);
        var mapSilo = await SiloOf(gateway.Grain);
        var (account, login) = await LoginAwayFrom(mapSilo);
        var (session, old) = (Grains.GetGrain<ISessionGrain>(login.Account.Value), _gateway.Connect(Grains, login.Epoch));
        (await session.Open(old, login.Played)).Value();
        var listed = (await account.CreateCharacter(login.Epoch, Names.New(), default)).Value();
        var played = (await account.PlayCharacter(login.Epoch, listed.Id)).Value();
        var ticket = (await session.Select(old.Connection, login.Epoch, played, Home.Channel)).Value();
        var visitor = await gateway.Bring(played, login.Account, ticket);

        await _cluster.Orleans.StopSiloAsync(_cluster.Orleans.Silos.Single(silo => !silo.SiloAddress.Equals(mapSilo)));
        var again = await NewLogin(login.Account);
        (await session.Open(_gateway.Connect(Grains, again.Epoch), again.Played)).Value();

        await gateway.WaitFor<TakenAway>(visitor);
        Assert.Equal(RefusalCode.AccountLoggedInByOther, gateway.Told<TakenAway>(visitor)[0].Why.Code);
        gateway.Forget(visitor);
        await Wait.Until(() => gateway.Seen == 0, "the avatar to be gone");
        (await session.Renew(old, listed.Id, Home)).Refused(RefusalCode.AccountLoggedInByOther);
    }

    /// <summary>An account whose session lives on the other silo.</summary>
    private async Task<(IAccountGrain Account, AccountLogin Login)> LoginAwayFrom(SiloAddress mapSilo)
    {
        while (true)
        {
            var account = Grains.GetGrain<IAccountGrain>(Guid.NewGuid());
            var session = Grains.GetGrain<ISessionGrain>(account.GetPrimaryKey());
            await session.GetState();
            if (!mapSilo.Equals(await SiloOf(session))) return (account, (await account.Login("Barone")).Value());
        }
    }

    private async Task<AccountLogin> NewLogin(AccountId account) =>
        (await Wait.For(() => Grains.GetGrain<IAccountGrain>(account.Value).Login("Barone"), answer => answer is Granted<AccountLogin>, "the account to log in again")).Value();

    private async Task<SiloAddress> SiloOf(IAddressable grain) =>
        await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain) ?? throw new InvalidOperationException($"{grain} is not active.");
}
