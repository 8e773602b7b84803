using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>
/// Registers a map with Central: first when it knows an address of a gateway (or has waited long enough for one), again when that
/// changes, when Central no longer lists this activation (it restarted), and when chat does not know its connection key.
/// </summary>
internal sealed class CentralCalls(MapCalls calls, MapListing listing, DateTimeOffset startedAt)
{
    private DateTimeOffset _nextTry;
    private bool _mustRegister = true;

    /// <summary>Accepted by Central.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>This silo has heard of this activation from Central.</summary>
    public bool IsListed => calls.Directory.Find(calls.Map.Id)?.ConnectionKey == listing.Connection.ConnectionKey;

    /// <summary>Chat refused the key, so Central may not have it any more.</summary>
    public void RegisterAgain() => _mustRegister = true;

    public void Step(DateTimeOffset now)
    {
        if (now < _nextTry || calls.Outbox.IsUnderWay(Errand.Register))
            return;
        var address = calls.Directory.BestAddress;
        if (address == MapAddress.Unknown && !IsRegistered && now - startedAt < calls.Options.AddressWithin)
            return;
        if (address != MapAddress.Unknown && !SameAs(listing.Connection.Address, address))
            MoveTo(address);
        if (_mustRegister || !IsListed)
            Register(now);
    }


    private static bool SameAs(MapAddress known, MapAddress now) => known.Endpoints.SequenceEqual(now.Endpoints);

    private void MoveTo(MapAddress address)
    {
        listing.Connection = listing.Connection with { Address = address };
        _mustRegister = true;
    }

    private void Register(DateTimeOffset now)
    {
        _nextTry = now + calls.Options.ConnectRetry;
        _mustRegister = false;
        var connection = listing.Connection;
        MapLog.Registers(calls.Log, calls.Map.Id, Text(connection.Address), calls.Map.Users, connection.Capacity);
        var central = calls.Grains.GetGrain<ICentralGrain>(GrainKeys.Central);
        calls.Outbox.Start(Errand.Register, () => central.RegisterMap(connection, calls.Map.Users), Registered);
    }

    private void Registered(Outcome<MapRegistered> outcome)
    {
        if (!outcome.TryGet(out var registered))
            Failed(outcome.Failure!.Message);
        else if (registered.Answer == RegistrationAnswer.Superseded)
            calls.Map.Stop("Central knows a later activation of it");
        else
            Accepted(registered);
    }

    private void Accepted(MapRegistered registered)
    {
        IsRegistered = true;
        calls.Directory.Learn(registered);
        var chat = registered.Chat is { } at ? $"{at.Channel} at {at.Address}:{at.Port}" : "none yet";
        MapLog.Registered(calls.Log, calls.Map.Id, chat, registered.OtherMaps.Length);
    }

    private void Failed(string reason)
    {
        _mustRegister = true;
        MapLog.RegistrationFailed(calls.Log, calls.Map.Id, reason);
    }

    private static string Text(MapAddress address) => address == MapAddress.Unknown ? "unknown" : $"{address.Host}:{address.Port}";
}
