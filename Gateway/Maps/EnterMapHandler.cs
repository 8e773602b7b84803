using System.Collections.Immutable;
using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Onto a map: the token proves the account, the session admits the ticket or resume token, the map takes the character. Who the
/// player is comes from the admission from here on.
/// </summary>
internal sealed class EnterMapHandler(
    IGrainFactory grains,
    Sessions sessions,
    LoginFailures failures,
    MapFeeds feeds,
    MapEntrance entrance,
    ILogger<EnterMapHandler> log)
{
    private const int MostHeardChannels = 16;
    private const int LongestPass = 128;

    public async Task Handle(ClientRequest request, EnterMap command)
    {
        var admitted = await Admit(request, command);
        if (admitted.TryGet(out var admission, out var why))
            await Enter(request, admission, HeardIn(command));
        else
            request.Refuse(why);
    }

    private async Task<Answer<Admission>> Admit(ClientRequest request, EnterMap command)
    {
        if (!WireIds.TryRead(command.CharacterId, out var character) || PassOf(command) is not { } pass)
            return Answer.Refuse<Admission>(RefusalCode.TicketExpired);
        var validated = await sessions.ValidateToken(request, command.AccountId, command.AccessToken);
        if (validated.TryGet(out var holder, out var why))
            return holder.Characters.Contains(new CharacterId(character))
                ? await Admit(request, holder, new CharacterId(character), pass)
                : Answer.Refuse<Admission>(RefusalCode.TicketExpired);
        // Counted against logins from there. Not refused here: nobody guesses 256 bits, and whoever shares the address must be
        // able to warp and to resume.
        failures.Count(request.Connection.Transport.RemoteAddress, why);
        return Answer.Refuse<Admission>(why);
    }

    private async Task<Answer<Admission>> Admit(ClientRequest request, TokenHolder holder, CharacterId character, EntryPass pass)
    {
        var connection = request.Connection;
        if (connection.Account is { } other && other.Id != holder.Account)
            return Answer.Refuse<Admission>(RefusalCode.AlreadyLoggedIn);
        var account = sessions.Claim(connection, holder.Account, holder.Epoch);
        var entry = Guid.NewGuid();
        var admitted = await request.RepeatForLong(patience => sessions.Of(account).Enter(account.Holder, character, pass, entry, patience));
        if (admitted.TryGet(out _, out _))
            connection.State = ConnectionState.Authenticated;
        return admitted;
    }

    private async Task Enter(ClientRequest request, Admission admission, ImmutableArray<ChatHeard> heard)
    {
        var entry = feeds.BeginEntry(admission.Map);
        try
        {
            var entered = await entrance.Enter(request, entry, admission, heard);
            if (entered.TryGet(out var map, out var why))
                Begin(request, entry.Feed, admission, map, heard);
            else
                request.Refuse(why);
        }
        finally
        {
            entry.Feed.EndEntry();
        }
    }

    /// <summary>The acceptance leaves before the first event of the visit can.</summary>
    private void Begin(ClientRequest request, MapFeed feed, Admission admission, EnteredMap entered, ImmutableArray<ChatHeard> heard)
    {
        var map = grains.GetGrain<IMapGrain>(admission.Map.Key);
        var welcome = entered.Welcome;
        var visit = new Visit(feed, map, request.Connection, admission, welcome, heard);
        request.Connection.BeginVisit(visit);
        GatewayLog.EnteredMap(log, request.Connection.Id.Number, admission.Map, admission.Character, welcome.Entity);
        request.Answer(new ServerMessage { EnterAccepted = WireMaps.Accepted(admission, welcome) });
        feed.Add(visit, entered);
    }

    private static EntryPass? PassOf(EnterMap command) => command.PassCase switch
    {
        EnterMap.PassOneofCase.ConnectionKey when command.ConnectionKey.Length <= LongestPass => new TicketPass(command.ConnectionKey.Memory),
        EnterMap.PassOneofCase.ResumeToken when command.ResumeToken.Length <= LongestPass => new ResumePass(command.ResumeToken.Memory),
        _ => null,
    };

    /// <summary>The client's chat positions, as many as there can be channels; what is beyond is not asked for again.</summary>
    private static ImmutableArray<ChatHeard> HeardIn(EnterMap command) =>
    [
        .. command.Heard
            .Where(position => position.Channel.Length <= WireLimits.NameLength)
            .Take(MostHeardChannels)
            .Select(position => new ChatHeard(position.Channel, new Fence(position.Incarnation, position.Number))),
    ];
}
