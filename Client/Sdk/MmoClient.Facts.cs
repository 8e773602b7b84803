using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Chat;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

// What the server says: the world changes first, then the events tell.
public sealed partial class MmoClient
{
    void IConnectionOwner.OnFact(Connection connection, ServerMessage message)
    {
        // May come right behind the welcome, before the client has arrived there.
        if (message.GatewayList is { } list) _gateways.Told(list.Endpoints.Select(ServerEndpoint.Of));
        if (connection != _connection) return;
        switch (message.FactCase)
        {
            case ServerMessage.FactOneofCase.EnterAccepted:
                OnAccepted(connection, message.EnterAccepted);
                break;
            case ServerMessage.FactOneofCase.Spawned:
                World.IsSpawned = true;
                break;
            case ServerMessage.FactOneofCase.Frame:
                OnFrame(message.Frame);
                break;
            case ServerMessage.FactOneofCase.Events:
                foreach (var one in message.Events.Events) OnEvent(one);
                break;
            case ServerMessage.FactOneofCase.Refused when message.RequestId == GameRequestId:
                Raise(GameRefused, message.Refused);
                break;
        }
    }

    private void OnAccepted(Connection connection, EnterAccepted accepted)
    {
        EndView();
        connection.IsLoggedIn = true;
        _resumeToken = accepted.ResumeToken;
        _lastEvent = 0;
        SelectedChannelId = accepted.ChannelId;
        World.Begin(MapVisit.Of(accepted));
    }

    private void OnFrame(MapFrame frame)
    {
        if (World.Visit is null) return;
        Counters.FramesReceived++;
        Counters.UpdatesReceived += frame.Entities.Count;
        _changes.Clear();
        World.Frame(frame, _changes);
        foreach (var entity in _changes.Left) Raise(Left, entity);
        foreach (var entity in _changes.Entered) Raise(Entered, entity);
        if (Moved is not null)
        {
            foreach (var entity in _changes.Moved) Raise(Moved, entity);
        }

        Raise(FrameApplied, frame);
    }

    private void OnEvent(MapEvent news)
    {
        // Numbers grow within a visit; one that was seen came twice around a reconnect. Unnumbered events are taken as they are.
        if (World.Visit is null || (news.Number != 0 && news.Number <= _lastEvent)) return;
        _lastEvent = Math.Max(_lastEvent, news.Number);
        switch (news.HappeningCase)
        {
            case MapEvent.HappeningOneofCase.Said:
                if (_chat.IsNew(news.Said.Position)) Raise(Heard, ChatLine.Of(news.Said));
                break;
            case MapEvent.HappeningOneofCase.Corrected:
                OnCorrected(news.Corrected);
                break;
            case MapEvent.HappeningOneofCase.Teleported:
                OnTeleported(news.Teleported);
                break;
            case MapEvent.HappeningOneofCase.Warped:
                OnWarped(news.Warped.To);
                break;
            case MapEvent.HappeningOneofCase.WarpRefused:
                OnWarpRefused(news.WarpRefused);
                break;
            case MapEvent.HappeningOneofCase.Game:
                Raise(GameReceived, news.Game);
                break;
            case MapEvent.HappeningOneofCase.ChatBegins:
                _chat.BeginAt(news.ChatBegins);
                break;
            case MapEvent.HappeningOneofCase.ChatSkipped:
                Raise(ChatSkipped, news.ChatSkipped);
                break;
        }
    }

    private void OnCorrected(Corrected corrected)
    {
        var correction = new Correction(corrected.Code, Units.ToMetres(corrected.XCm, corrected.YCm, corrected.ZCm), corrected.InputSequence);
        Counters.Corrections++;
        World.Correct(correction.InputSequence, correction.Position);
        Raise(Corrected, correction);
        _walk?.OnCorrected(correction);
    }

    private void OnTeleported(Teleported teleported)
    {
        var position = Units.ToMetres(teleported.XCm, teleported.YCm, teleported.ZCm);
        _lastInput = Math.Max(_lastInput, teleported.InputSequence);
        World.Correct(teleported.InputSequence, position);
        Raise(Teleported, position);
        _walk?.End(new WalkEnd.Warped(World.Visit?.Map ?? "", position));
    }
}
