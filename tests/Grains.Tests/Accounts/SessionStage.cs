using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Tests.Characters;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>A session, and a gateway whose connections a test makes.</summary>
public abstract class SessionStage : CharacterStage
{
    private protected readonly FakeGateway _gateway = new();
    private protected Func<Task<Answer<string>>> _seats = () => Task.FromResult(Answer.Of("1"));

    private protected ISessionGrain Session => Cluster.Grains.GetGrain<ISessionGrain>(Account.Value);

    private protected override void Configure(ISiloBuilder silo)
    {
        base.Configure(silo);
        silo.Services.AddSingleton(services => new SeatTaking(
            (_, _) => _seats(), services.GetRequiredService<GrainCalls>(), services.GetRequiredService<TimeProvider>()));
    }

    private protected SessionHolder Connect(long epoch) => _gateway.Connect(Cluster.Grains, epoch);

    private protected async Task<SessionHolder> Opened(long epoch)
    {
        var holder = Connect(epoch);
        (await Session.Open(holder, null)).Value();
        return holder;
    }

    private protected Task<Answer<MapTicket>> Select(SessionHolder holder) =>
        Session.Select(holder.Connection, holder.Epoch, new CharacterListed(Id, "Zoë", default, Time.GetUtcNow(), null), "1");

    private protected Task<Answer<Admission>> Enter(SessionHolder holder, MapTicket ticket) => Session.Enter(holder, Id, new TicketPass(ticket.Ticket));

    private protected async Task<(SessionHolder Map, Admission Playing)> Play(long epoch)
    {
        var map = Connect(epoch);
        var playing = (await Enter(map, (await Select(await Opened(epoch))).Value())).Value();
        Maps.Play(playing, tick: 0);
        return (map, playing);
    }

    private protected Task ClosedWith(SessionHolder holder, RefusalCode why) =>
        Wait.For(() => Task.FromResult(_gateway.ClosedWith(holder)), code => code == why, $"the gateway to be told to close with {why}");
}
