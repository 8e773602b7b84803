using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.Protocol;

namespace MmoOrleans.Silo.Tests.Players;

/// <summary>Somebody who reads everything that comes, walks and talks, and remembers what it saw and when.</summary>
internal sealed class PlayerWho(TestClient client)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, string> _seen = [];
    private readonly ClientView _view = new();
    private readonly List<string> _heard = [];
    private uint _moves;

    /// <summary>What it has heard, in order.</summary>
    public List<string> Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    public ulong Tick
    {
        get
        {
            lock (_gate)
                return _view.Tick;
        }
    }

    public int Frames
    {
        get
        {
            lock (_gate)
                return _view.Frames;
        }
    }

    /// <summary>What it saw at that tick; null when it got no frame of it.</summary>
    public string? SawAt(ulong tick)
    {
        lock (_gate)
            return _seen.GetValueOrDefault(tick);
    }

    /// <summary>Takes in whatever comes next.</summary>
    public async Task ReadOne()
    {
        var message = await client.Receive(_ => true, "anything");
        lock (_gate)
            Take(message);
    }

    /// <summary>Reads until that; with each frame it walks a bit, and now and then it says something.</summary>
    public async Task Play(Func<bool> isOver)
    {
        while (!isOver())
        {
            var frames = Frames;
            await ReadOne();
            if (Frames == frames)
                continue;
            client.Send(Commands.Move(++_moves, 1_000 + ((int)_moves % 100 * 2), 1_000));
            if (Frames % 30 == 0)
                client.Send(Commands.Chat($"line {Frames}"));
        }
    }

    private void Take(ServerMessage message)
    {
        if (message.Frame is { } frame)
        {
            _view.Apply(frame);
            _seen[frame.Tick] = _view.Everything;
        }
        foreach (var happened in message.Events?.Events ?? [])
            if (happened.Said is { } said)
                _heard.Add(said.Text);
    }
}
