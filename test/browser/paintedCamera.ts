import type { BrowserContext } from 'playwright-core';

/** Colours of a painted person: the wall behind them, their skin, their hair and their clothes. */
export interface Palette {
  readonly wall: readonly [string, string];
  readonly skin: string;
  readonly hair: string;
  readonly clothes: string;
}

export const palettes = {
  ana: { wall: ['#d9c9b4', '#b99f83'], skin: '#e3b592', hair: '#3a2a22', clothes: '#365a7c' },
  bea: { wall: ['#b8c7c4', '#7d9692'], skin: '#b97f58', hair: '#1f1a19', clothes: '#b0563f' },
  marta: { wall: ['#c9cbd8', '#9094ab'], skin: '#edc6a6', hair: '#8a4f2b', clothes: '#4c6b4a' },
} satisfies Record<string, Palette>;

/** A camera that shows somebody and a screen that shows figures, instead of the browser's test picture: what a page looks like depends on it. */
export async function paintCamera(context: BrowserContext, palette: Palette): Promise<void> {
  await context.addInitScript(paintedCamera, palette);
}

function paintedCamera({ wall, skin, hair, clothes }: Palette): void {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const voice = constraints?.audio ? await ask({ audio: constraints.audio }) : new MediaStream();
    return constraints?.video ? new MediaStream([...voice.getAudioTracks(), ...picture().getVideoTracks()]) : voice;
  };
  navigator.mediaDevices.getDisplayMedia = async () => slide();
  navigator.mediaDevices.enumerateDevices = async () =>
    [
      { kind: 'videoinput', deviceId: 'a', label: 'Integrated camera' },
      { kind: 'videoinput', deviceId: 'b', label: 'USB camera' },
      { kind: 'audioinput', deviceId: 'c', label: 'Integrated microphone' },
      { kind: 'audioinput', deviceId: 'd', label: 'Headset' },
    ] as MediaDeviceInfo[];

  function slide(): MediaStream {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 900 });
    const pen = canvas.getContext('2d');
    const paint = () => {
      if (!pen) return;
      pen.fillStyle = '#ffffff';
      pen.fillRect(0, 0, 1600, 900);
      pen.fillStyle = '#161b24';
      pen.font = '600 58px Helvetica, Arial, sans-serif';
      pen.fillText('Visits by quarter', 120, 150);
      for (const [index, height] of [210, 260, 250, 330, 390, 372, 470, 560].entries()) {
        pen.fillStyle = index === 7 ? '#2252c4' : '#b9c9ee';
        pen.fillRect(120 + index * 172, 800 - height, 120, height);
      }
    };
    paint();
    setInterval(paint, 250);
    return canvas.captureStream(5);
  }

  function picture(): MediaStream {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const pen = canvas.getContext('2d');
    const paint = () => {
      if (!pen) return;
      const sway = Math.sin(performance.now() / 900) * 6;
      const light = pen.createLinearGradient(0, 0, 1280, 720);
      light.addColorStop(0, wall[0]);
      light.addColorStop(1, wall[1]);
      pen.fillStyle = light;
      pen.fillRect(0, 0, 1280, 720);
      pen.fillStyle = 'rgb(255 255 255 / 22%)';
      pen.fillRect(880, 60, 210, 300);
      pen.translate(640 + sway, 0);
      for (const [colour, x, y, width, height] of [
        [hair, 0, 320, 172, 200],
        [clothes, 0, 800, 360, 270],
        [skin, 0, 520, 74, 110],
        [skin, 0, 335, 138, 172],
        [hair, 0, 205, 148, 78],
      ] as const) {
        pen.fillStyle = colour;
        pen.beginPath();
        pen.ellipse(x, y, width, height, 0, 0, Math.PI * 2);
        pen.fill();
      }
      pen.fillStyle = '#2a211d';
      for (const x of [-50, 50]) {
        pen.beginPath();
        pen.ellipse(x, 330, 10, 12, 0, 0, Math.PI * 2);
        pen.fill();
      }
      pen.strokeStyle = '#7c4a3c';
      pen.lineWidth = 8;
      pen.lineCap = 'round';
      pen.beginPath();
      pen.arc(0, 390, 46, 0.25 * Math.PI, 0.75 * Math.PI);
      pen.stroke();
      pen.resetTransform();
    };
    paint();
    setInterval(paint, 60);
    return canvas.captureStream(15);
  }
}
