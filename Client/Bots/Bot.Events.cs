using System.Numerics;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots;

// What the client tells: doors, warps, corrections and the end.
internal sealed partial class Bot
{
    private void Listen()
    {
        _client.MapDisconnected += OnDisconnected;
        _client.MapStopped += OnStopped;
        _client.Spawned += _ => OnSpawned();
        _client.Warping += _ => Leave();
        _client.Warped += _ => OnWarped();
        _client.Corrected += OnCorrected;
        _client.Teleported += OnTeleported;
        _client.UnhandledHandlerException += thrown => _swarm.Problems.Error(thrown.ToString());
    }

    private Task Enter(MapVisit visit, CancellationToken cancellation)
    {
        Leave();
        lock (_gate)
        {
            _feet.Enter(visit);
            _view.Begin(visit.EntityId);
            _footprints?.Enter(visit);
            _ground = _swarm.Places.GroundOf(visit.Map, visit.ChannelId, visit.Instance);
        }

        return Task.CompletedTask;
    }

    private void Leave()
    {
        lock (_gate)
        {
            _feet.Leave();
            _view.End();
            _swarm.Places.Leave(_index);
        }
    }

    private void Fail(string sentence)
    {
        if (_isGone) return;
        _isGone = true;
        _swarm.Problems.Error(sentence);
    }

    private void OnSpawned()
    {
        lock (_gate) _feet.Spawn(_swarm.Now);
        if (_hasEntered) return;
        _ear.Since = EnteredAt = _swarm.Now;
        _hasEntered = true;
        _swarm.AddHearer();
    }

    private void OnDisconnected(DisconnectReason reason)
    {
        if (reason.Cause is DisconnectCause.Requested or DisconnectCause.EnteringMap or DisconnectCause.Warping) return;
        _lastLoss = $"{reason.Cause}: {ErrorNames.Of(reason.Code)}: {reason.Sentence}";
    }

    // Before it has entered, what goes wrong is the answer to Join.
    private void OnStopped(DisconnectReason why)
    {
        Leave();
        if (_isGone || !_hasEntered) return;
        _isGone = true;
        if (_isDeaf) return; // Cut, as it should be.
        _swarm.RemoveHearer();
        _swarm.Problems.Drop($"{_lastLoss} {why.Sentence}");
    }

    private void OnWarped()
    {
        lock (_gate) _tally = _tally with { Warps = _tally.Warps + 1 };
    }

    private void OnCorrected(Correction correction)
    {
        lock (_gate) _tally = _tally with { Corrections = _tally.Corrections + 1 };
        Put(correction.Position);
    }

    private void OnTeleported(Vector3 position)
    {
        OnWarped();
        Put(position);
    }

    private void Put(Vector3 position)
    {
        lock (_gate)
        {
            _feet.Put(new Vector2(position.X, position.Z));
            if (_feet.Visit is not null) _footprints?.Add(Units.ToCentimetres(position.X), Units.ToCentimetres(position.Z));
        }
    }
}
